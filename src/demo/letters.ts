import type { IdentificationLetters } from '../authentication/identification-letters.ts';
import { activationLetter } from '../cli/activation-letter.ts';
import type { Config } from '../config/schema.ts';
import type { Directory } from '../subject/directory.ts';

/** Prints what a person would be handed at the counter: a whole HTML page. Undefined for a number nobody has. */
export type PrintLetter = (personalNumber: string) => Promise<string | undefined>;

interface Dependencies {
  readonly config: Pick<Config, 'issuer' | 'province'>;
  readonly directory: Pick<Directory, 'findByNumber'>;
  readonly identificationLetters: Pick<IdentificationLetters, 'issue'>;
}

/** Each letter makes the one before it void, as at the counter. */
export const createPrintLetter =
  ({ config, directory, identificationLetters }: Dependencies): PrintLetter =>
  async (personalNumber) => {
    const person = await directory.findByNumber(personalNumber);
    if (person === undefined) return undefined;
    const issued = await identificationLetters.issue(person.id);
    return activationLetter({ ...issued, ...config, subject: person.subject });
  };
