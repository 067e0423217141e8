import { decodeProtectedHeader } from 'jose';
import { SealBroken } from '../keys/body-cipher.ts';
import type { BodyCipher } from '../storage/contract.ts';
import type { KeptCollection } from '../storage/keeping/kept-collection.ts';

/** What encrypted a row: the header's name for it. It follows from the key and does not give it away. */
const nameOf = (sealed: string): string => {
  try {
    return decodeProtectedHeader(sealed).kid ?? 'none';
  } catch {
    return 'none';
  }
};

/** The name of what a cipher encrypts with now. */
export const sealName = async (cipher: BodyCipher): Promise<string> => nameOf(await cipher.seal('-', ''));

/** How many rows one key encrypted in one form. */
export interface KeyUse {
  readonly name: string;
  /** Place in the list of configured keys, from 1; missing for a key that is not in it. */
  readonly place?: number;
  /** As rows are encrypted now; false for an earlier form, which a rotation brings up to date. */
  readonly current: boolean;
  readonly rows: number;
}

interface Found {
  rows: number;
  readonly sample: { readonly context: string; readonly sealed: string };
}

/** Opens nothing and changes nothing: notes what each row is encrypted with, and says that it may stay. */
function observing(cipher: BodyCipher, found: Map<string, Found>): BodyCipher {
  return {
    ...cipher,
    isCurrent(context, sealed) {
      const name = nameOf(sealed);
      const known = found.get(name);
      if (known) known.rows += 1;
      else found.set(name, { rows: 1, sample: { context, sealed } });
      return true;
    },
  };
}

async function opens(cipher: BodyCipher, { context, sealed }: Found['sample']): Promise<boolean> {
  try {
    await cipher.open(context, sealed);
    return true;
  } catch (error) {
    if (error instanceof SealBroken) return false;
    throw error;
  }
}

async function useOf(name: string, { rows, sample }: Found, ciphers: readonly BodyCipher[]): Promise<KeyUse> {
  for (const [at, cipher] of ciphers.entries()) {
    if (!(await opens(cipher, sample))) continue;
    return { name, place: at + 1, current: cipher.isCurrent(sample.context, sample.sealed), rows };
  }
  return { name, current: false, rows };
}

const BATCH = 500;

/** Looks at what the rows are encrypted with, and changes nothing. */
export interface KeySurvey {
  /** To open the storage with. */
  readonly cipher: BodyCipher;
  /** Rows by what encrypted them, in the order of the configured keys. `collections` are those of that storage. */
  uses(collections: readonly KeptCollection[]): Promise<KeyUse[]>;
}

/** `ciphers` are one for each configured key; `cipher` is that of all. */
export function createKeySurvey(cipher: BodyCipher, ciphers: readonly BodyCipher[]): KeySurvey {
  const found = new Map<string, Found>();
  const order = ({ place = ciphers.length + 1, current }: KeyUse): number => 2 * place - Number(current);
  return {
    cipher: observing(cipher, found),
    async uses(collections) {
      found.clear();
      for (const { collection } of collections.filter(({ sealed }) => sealed)) {
        for (let page: { after?: string } = {}; ; ) {
          const { last } = await collection.reseal({ limit: BATCH, ...page });
          if (last === undefined) break;
          page = { after: last };
        }
      }
      const uses = await Promise.all([...found].map(([name, one]) => useOf(name, one, ciphers)));
      return uses.sort((one, other) => order(one) - order(other));
    },
  };
}
