import { auditEvents } from './audit/trail.ts';
import { ceremonies } from './authentication/ceremony-store.ts';
import { deviceRequests } from './authentication/device-requests.ts';
import { deviceRows } from './authentication/devices.ts';
import { disowningLinks } from './authentication/disowning.ts';
import { enrolments } from './authentication/enrolments.ts';
import { identificationLetters } from './authentication/identification-letters.ts';
import { invitations } from './authentication/invitations.ts';
import { oneTimeCodes } from './authentication/one-time-codes.ts';
import { passkeyHandles } from './authentication/passkey-handles.ts';
import { attempts } from './authentication/throttle.ts';
import { totpUses } from './authentication/totp.ts';
import type { Config } from './config/schema.ts';
import { consents } from './consent/consent.ts';
import { grantContexts } from './consent/grant-context.ts';
import { documentHoldings } from './documents/holdings.ts';
import { progressRows } from './http/interaction/progress.ts';
import { expiryRounds } from './jobs/expiry-notices.ts';
import { keyProof } from './keys/key-check.ts';
import { signingKeys } from './keys/signing-keys.ts';
import { models, sessionTombstones } from './oidc/models.ts';
import { sessionEndings } from './oidc/session-endings.ts';
import { outboxRows } from './outbox/outbox.ts';
import { relyingParties } from './relying-party/registry.ts';
import type { CollectionDefinition, Storage } from './storage/contract.ts';
import type { KeptCollection } from './storage/keeping/kept-collection.ts';
import { leaseDefinition } from './storage/lease.ts';
import { accountCountRows } from './subject/account-counts.ts';
import { contactChangeRows } from './subject/contact-change-rows.ts';
import { credentialRows } from './subject/credentials.ts';
import { subjectRows } from './subject/directory.ts';
import { numberClaims } from './subject/number-claims.ts';
import { preferenceRows } from './subject/preferences.ts';
import { termsRows } from './subject/terms.ts';

const kept =
  <T>(definition: CollectionDefinition<T>) =>
  (storage: Storage): KeptCollection => ({
    name: definition.name,
    sealed: definition.sealed === true,
    collection: storage.collection(definition),
  });

/** Everything that is stored in production. A collection that is missing here is not copied and not re-encrypted. */
const all = [
  kept(keyProof),
  kept(signingKeys),
  kept(relyingParties),
  kept(numberClaims),
  kept(subjectRows),
  kept(accountCountRows),
  kept(credentialRows),
  kept(preferenceRows),
  kept(contactChangeRows),
  kept(termsRows),
  kept(passkeyHandles),
  kept(enrolments),
  kept(deviceRows),
  kept(deviceRequests),
  kept(disowningLinks),
  kept(oneTimeCodes),
  kept(identificationLetters),
  kept(invitations),
  kept(ceremonies),
  kept(documentHoldings),
  kept(consents),
  kept(grantContexts),
  ...Object.values(models).map(({ collection }) => kept(collection)),
  kept(sessionTombstones),
  kept(sessionEndings),
  kept(progressRows),
  kept(attempts),
  kept(totpUses),
  kept(outboxRows),
  kept(auditEvents),
  kept(expiryRounds),
  kept(leaseDefinition),
];

/** Opens every collection of the program, in the order in which they are best written. */
export const openAllCollections = (storage: Storage): KeptCollection[] => all.map((open) => open(storage));

/** The same, with what the development profile keeps beside them. */
export async function openCollectionsOf({ demo }: Config): Promise<typeof openAllCollections> {
  if (!demo.enabled) return openAllCollections;
  const { portalKeys } = await import('./demo/portal-key.ts');
  const { mailboxLetters, mailboxTexts } = await import('./demo/mailbox.ts');
  const ofDemo = [kept(portalKeys), kept(mailboxLetters), kept(mailboxTexts)];
  return (storage) => [...openAllCollections(storage), ...ofDemo.map((open) => open(storage))];
}
