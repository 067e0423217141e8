import type { DocumentHolding } from './scope.ts';

/**
 * What a person's consent to a document was about: which papers, issued and expiring when, revoked or not. Not
 * when the registry was asked, nor the particulars. Undefined while that is unknown (never asked, or the registry
 * is away): then there is nothing to compare, and an outage is no reason to ask a person again.
 *
 * `hash` is a keyed hash under a label of its own: short numbers could be guessed from a plain one.
 */
export function evidenceFingerprint(
  holding: DocumentHolding | undefined,
  hash: (value: string) => string,
): string | undefined {
  if (holding === undefined || holding.unavailable === 'registry_unavailable') return undefined;
  const papers = holding.records
    .map(({ number, issued_at, expires_at, status }) =>
      JSON.stringify([number, issued_at, expires_at, status]),
    )
    .sort();
  return hash(JSON.stringify([holding.subject, holding.scope, papers]));
}
