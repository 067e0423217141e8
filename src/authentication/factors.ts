import type { Storage } from '../storage/contract.ts';
import type { CredentialRecord, Credentials } from '../subject/credentials.ts';
import { type FactorRemoval, MOST_NAME, MOST_PASSKEYS } from '../subject/passkeys.ts';
import type { SubjectId } from '../subject/subject.ts';
import { createEnrolments, type Enrolments } from './enrolments.ts';
import {
  announceChange,
  announceFailure,
  type Changer,
  type NoticeDependencies,
  type Owner,
} from './factor-change.ts';
import type { PasskeyCeremony } from './passkey-ceremony.ts';
import type { PasskeyHandles } from './passkey-handles.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import { matchingStep, takeStep, totpAddress, totpUses } from './totp.ts';

/** A factor was added; `codes` are recovery codes, shown this once, where the person had none yet. */
export interface Added {
  readonly kind: 'added';
  readonly codes: readonly string[] | undefined;
}

type No<K extends string> = K extends string ? { readonly kind: K } : never;
export type PasskeyAdded = Added | No<'refused' | 'already' | 'too_many'>;
/** `over`: nothing was begun, or too long ago. */
export type TotpAdded = Added | No<'wrong' | 'over'>;

/** Changes of what a person proves identity with. Who may make them is decided before. */
export interface Factors {
  /** What the browser is asked for a new passkey; undefined where the person has as many as there can be. */
  beginPasskey(owner: Owner): Promise<{ readonly challenge: string; readonly options: string } | undefined>;
  addPasskey(
    owner: Changer,
    posted: { readonly challenge: string; readonly response: string; readonly name: string },
  ): Promise<PasskeyAdded>;
  renamePasskey(owner: Owner, passkey: string, name: string): Promise<boolean>;
  removePasskey(owner: Owner, passkey: string): Promise<FactorRemoval>;
  /** The secret of a generator to be enrolled, and the address that a QR code of it holds. */
  beginTotp(owner: Changer): Promise<{ readonly secret: string; readonly address: string }>;
  addTotp(owner: Changer, code: string): Promise<TotpAdded>;
  /** The secret given out to this session and not confirmed is none any more. */
  abandonTotp(owner: Changer): Promise<void>;
  removeTotp(owner: Owner): Promise<FactorRemoval>;
  /** The codes of before are void; undefined where the person has no second factor that they could stand in for. */
  renewRecoveryCodes(owner: Changer): Promise<readonly string[] | undefined>;
}

interface Dependencies extends NoticeDependencies {
  readonly storage: Storage;
  readonly credentials: Credentials;
  readonly ceremony: PasskeyCeremony;
  readonly handles: PasskeyHandles;
  /** Keyed hash of recovery codes. */
  readonly recoveryHash: (value: string) => string;
}

export function createFactors(deps: Dependencies): Factors {
  const under = createEnrolments(deps);
  return {
    ...passkeyChanges(deps, under),
    ...totpChanges(deps, under),
    async renewRecoveryCodes(owner) {
      if (!hasSecondFactor(await deps.credentials.get(owner.id))) return undefined;
      return issueCodes(deps, owner);
    },
  };
}

type PasskeyChanges = Pick<Factors, 'beginPasskey' | 'addPasskey' | 'renamePasskey' | 'removePasskey'>;

function passkeyChanges(deps: Dependencies, under: Enrolments): PasskeyChanges {
  const { audit, ceremony, credentials, handles } = deps;
  const passkeysOf = async (id: SubjectId) => (await credentials.get(id)).passkeys ?? [];
  return {
    async beginPasskey({ id, subject }) {
      const known = await passkeysOf(id);
      if (known.length >= MOST_PASSKEYS) return undefined;
      const challenge = ceremony.newChallenge();
      await under.keepChallenge(id, challenge);
      const handle = await handles.of(id);
      const options = await ceremony.creationOptions({ challenge, handle, userName: subject.name, known });
      return { challenge, options: JSON.stringify(options) };
    },
    async addPasskey(owner, { challenge, response, name }) {
      const { id } = owner;
      const made = (await under.takeChallenge(id, challenge))
        ? await ceremony.verifyAttestation(response, challenge)
        : undefined;
      if (made === undefined) return { kind: 'refused' };
      const known = await passkeysOf(id);
      if (known.some((one) => one.id === made.id)) return { kind: 'already' };
      if (known.length >= MOST_PASSKEYS) return { kind: 'too_many' };
      const called = nameOf(name) ?? `${known.length + 1}`;
      await announceChange(deps, owner, 'passkey_added', { name: called });
      const kind = await credentials.addPasskey(id, { ...made, name: called }, owner);
      if (kind === 'added') return { kind, codes: await firstCodes(deps, owner) };
      await announceFailure(deps, owner, 'passkey_added', kind);
      return { kind };
    },
    async renamePasskey({ id }, passkey, name) {
      const called = nameOf(name);
      if (called === undefined || !(await credentials.renamePasskey(id, passkey, called))) return false;
      await audit.record({ kind: 'passkey.renamed', subject: id, detail: { name: called } });
      return true;
    },
    async removePasskey(owner, passkey) {
      const record = await credentials.get(owner.id);
      const found = record.passkeys?.find((one) => one.id === passkey);
      if (found === undefined) return 'unknown';
      const last = record.totp === undefined && record.passkeys?.length === 1;
      if (last && record.password?.short) return 'password_short';
      await announceChange(deps, owner, 'passkey_removed', { name: found.name });
      return removed(deps, owner, 'passkey_removed', await credentials.removePasskey(owner.id, passkey));
    },
  };
}

function totpChanges(
  deps: Dependencies,
  under: Enrolments,
): Pick<Factors, 'beginTotp' | 'addTotp' | 'abandonTotp' | 'removeTotp'> {
  const { clock, credentials, storage } = deps;
  const uses = storage.collection(totpUses);
  return {
    abandonTotp: ({ id, session }) => under.forgetSecret(id, session),
    async beginTotp({ id, session, subject }) {
      const secret = await under.secret(id, session);
      return { secret, address: totpAddress(secret, subject.name) };
    },
    async addTotp(owner, code) {
      const { id, session } = owner;
      const secret = await under.standingSecret(id, session);
      if (secret === undefined) return { kind: 'over' };
      const step = matchingStep(secret, code, clock.now());
      if (step === undefined) return { kind: 'wrong' };
      // The code that confirms the app opens no sign-in; one with the app of before may have taken the step already.
      await takeStep(uses, id, step, { used_at: clock.now(), used_by: 'enrolment' });
      await announceChange(deps, owner, 'totp_added');
      await credentials.setTotp(id, secret, owner);
      await under.forgetSecret(id, session);
      return { kind: 'added', codes: await firstCodes(deps, owner) };
    },
    async removeTotp(owner) {
      const record = await credentials.get(owner.id);
      if (record.totp === undefined) return 'unknown';
      if ((record.passkeys ?? []).length === 0 && record.password?.short) return 'password_short';
      await announceChange(deps, owner, 'totp_removed');
      return removed(deps, owner, 'totp_removed', await credentials.removeTotp(owner.id));
    },
  };
}

const hasSecondFactor = ({ passkeys = [], totp }: CredentialRecord): boolean =>
  totp !== undefined || passkeys.length > 0;

/** What became of a removal that was told of. */
async function removed(
  deps: Dependencies,
  owner: Owner,
  change: 'passkey_removed' | 'totp_removed',
  outcome: FactorRemoval,
): Promise<FactorRemoval> {
  if (outcome !== 'removed') await announceFailure(deps, owner, change, outcome);
  return outcome;
}

/** Codes come with the first factor that they can stand in for. Those of level 1 stand in for none of level 2. */
async function firstCodes(deps: Dependencies, owner: Changer): Promise<readonly string[] | undefined> {
  const { recovery_codes } = await deps.credentials.get(owner.id);
  const stand = recovery_codes !== undefined && (owner.atLevel1 || recovery_codes.at_level_1 === undefined);
  return stand ? undefined : issueCodes(deps, owner);
}

async function issueCodes(deps: Dependencies, owner: Changer): Promise<readonly string[]> {
  const codes = newRecoveryCodes();
  await announceChange(deps, owner, 'recovery_codes_renewed');
  await deps.credentials.setRecoveryCodes(
    owner.id,
    codes.map((code) => recoveryCodeHash(deps.recoveryHash, owner.id, code)),
    owner,
  );
  return codes;
}

/** One line of text that does not turn the direction of reading; undefined where nothing is left. */
export function nameOf(typed: string): string | undefined {
  const name = [...typed.normalize('NFC').replace(/[\p{C}\s]+/gu, ' ')].slice(0, MOST_NAME).join('').trim();
  return name === '' ? undefined : name;
}
