import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import type { Consent } from '../../../src/consent/consent.ts';
import { type Consents, createConsents } from '../../../src/consent/consents.ts';
import { createGrantContexts, type GrantContext } from '../../../src/consent/grant-context.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

const now = Date.parse('2026-11-21T03:00:00Z');
const decision = (change: Partial<Consent> = {}): Consent => ({
  subject: 'somebody',
  relying_party: 'cong-so-mau',
  granted: ['openid', 'profile'],
  refused: ['email'],
  claims: ['phone_number'],
  refused_claims: ['address'],
  evidence: {},
  purposes: { profile: 'Biết người nộp hồ sơ là ai' },
  language: 'vi',
  shown: '[]',
  decided_at: now,
  expires_at: now + 1000,
  ...change,
});

let opened: TestStorage;
let recorded: AuditFact[];
let told: string[];
let fails: boolean;
let consents: Consents;
beforeEach(async () => {
  opened = await openTestStorage();
  recorded = [];
  told = [];
  fails = false;
  consents = createConsents({
    storage: opened.storage,
    clock: { now: () => now },
    audit: {
      async record(fact) {
        if (fails) throw new Error('the trail cannot be written');
        recorded.push(fact);
      },
    },
    notices: {
      given: async ({ relying_party }) => void told.push(`given ${relying_party}`),
      withdrawn: async (_, relyingParty, scope = 'all') =>
        void told.push(`withdrawn ${relyingParty} ${scope}`),
    },
  });
});
afterEach(() => opened.close());

const decide = (made: Consent) => consents.decide(made.subject, made.relying_party, () => made);

describe('a decision', () => {
  it('is not kept where it cannot be recorded', async () => {
    fails = true;
    await expect(decide(decision())).rejects.toThrow('cannot be written');
    expect(await consents.find('somebody', 'cong-so-mau')).toBeUndefined();
  });

  it('stands for one person and one relying party only', async () => {
    await decide(decision());
    expect(await consents.find('somebody', 'another')).toBeUndefined();
    expect(await consents.find('another', 'cong-so-mau')).toBeUndefined();
    expect(await consents.find('somebody', 'cong-so-mau')).toEqual(decision());
  });

  it('is built on what stood before, and on nothing once that was withdrawn', async () => {
    const before: (Consent | undefined)[] = [];
    const again = () =>
      consents.decide('somebody', 'cong-so-mau', (standing) => {
        before.push(standing);
        return decision();
      });
    await again();
    await again();
    await consents.withdraw('somebody', 'cong-so-mau');
    await again();
    expect(before).toEqual([undefined, decision(), undefined]);
  });

  it('does not bring back what was withdrawn while it was made', async () => {
    await decide(decision({ granted: ['openid', 'profile', 'email'] }));
    const built: (Consent | undefined)[] = [];
    let withdrawal: Promise<boolean> | undefined;
    await consents.decide('somebody', 'cong-so-mau', (standing) => {
      built.push(standing);
      withdrawal ??= consents.withdraw('somebody', 'cong-so-mau');
      return decision({ granted: [...(standing?.granted ?? []), 'phone'] });
    });
    expect(await withdrawal).toBe(true);
    const end = await consents.find('somebody', 'cong-so-mau');
    expect(end?.withdrawn_at !== undefined || !end?.granted.includes('email')).toBe(true);
  });

  it('replaces the one before, and is recorded with what was granted and what was refused', async () => {
    await decide(decision());
    await decide(decision({ granted: ['openid'], refused: ['email', 'profile'] }));
    expect((await consents.find('somebody', 'cong-so-mau'))?.granted).toEqual(['openid']);
    expect(recorded).toHaveLength(2);
    expect(recorded[0]).toEqual({
      kind: 'consent.given',
      subject: 'somebody',
      relying_party: 'cong-so-mau',
      detail: {
        granted: ['openid', 'profile', 'phone_number'],
        refused: ['email', 'address'],
        purposes: ['profile Biết người nộp hồ sơ là ai'],
      },
    });
  });
});

describe('a letter about a decision', () => {
  it('goes out once, also where the decision is made again because another came between', async () => {
    let between: Promise<unknown> | undefined;
    await consents.decide('somebody', 'cong-so-mau', () => {
      between ??= decide(decision({ granted: ['openid'] }));
      return decision();
    });
    await between;
    expect(recorded.length).toBeGreaterThan(2);
    expect(told).toEqual(['given cong-so-mau', 'given cong-so-mau']);
  });

  it('names what was taken back, and does not go out where nothing was', async () => {
    await consents.withdraw('somebody', 'cong-so-mau');
    await consents.withdrawScope('somebody', 'cong-so-mau', 'profile');
    expect(told).toEqual([]);
    await decide(decision());
    await consents.withdrawScope('somebody', 'cong-so-mau', 'profile');
    await consents.withdraw('somebody', 'cong-so-mau');
    await consents.withdraw('somebody', 'cong-so-mau');
    expect(told.slice(1)).toEqual(['withdrawn cong-so-mau profile', 'withdrawn cong-so-mau all']);
  });
});

describe('the list of decisions', () => {
  it('has one person’s alone, also those that do not stand any more', async () => {
    await decide(decision());
    await decide(decision({ relying_party: 'cong-khac' }));
    await decide(decision({ subject: 'another' }));
    await consents.withdraw('somebody', 'cong-khac');
    const listed = await consents.list('somebody');
    expect(listed.map(({ relying_party }) => relying_party)).toEqual(['cong-khac', 'cong-so-mau']);
    expect(await consents.list('nobody')).toEqual([]);
  });
});

describe('a withdrawal', () => {
  it('of nothing says so and records nothing', async () => {
    expect(await consents.withdraw('somebody', 'cong-so-mau')).toBe(false);
    expect(recorded).toEqual([]);
  });

  it('keeps the decision as withdrawn, once', async () => {
    await decide(decision());
    expect(await consents.withdraw('somebody', 'cong-so-mau')).toBe(true);
    expect(await consents.withdraw('somebody', 'cong-so-mau')).toBe(false);
    expect(await consents.find('somebody', 'cong-so-mau')).toEqual(decision({ withdrawn_at: now }));
    expect(recorded.map(({ kind }) => kind)).toEqual(['consent.given', 'consent.withdrawn']);
  });

  it('of one scope is none where it was not agreed to, was withdrawn, or has run out', async () => {
    await decide(decision());
    expect(await consents.withdrawScope('somebody', 'cong-so-mau', 'email')).toBeUndefined();
    expect(await consents.withdrawScope('another', 'cong-so-mau', 'profile')).toBeUndefined();
    await decide(decision({ expires_at: now }));
    expect(await consents.withdrawScope('somebody', 'cong-so-mau', 'profile')).toBeUndefined();
    await decide(decision());
    await consents.withdraw('somebody', 'cong-so-mau');
    expect(await consents.withdrawScope('somebody', 'cong-so-mau', 'profile')).toBeUndefined();
    expect(recorded.filter(({ detail }) => detail?.scopes)).toEqual([]);
  });

  it('of one scope leaves the rest as it was, and is recorded with the scope', async () => {
    const evidence = { 'doc:id_card': 'x', 'doc:passport': 'y' };
    await decide(decision({ granted: ['openid', 'profile', 'doc:id_card', 'doc:passport'], evidence }));
    const left = await consents.withdrawScope('somebody', 'cong-so-mau', 'doc:id_card');
    expect(left).toEqual(
      decision({
        granted: ['openid', 'profile', 'doc:passport'],
        refused: ['email', 'doc:id_card'],
        evidence: { 'doc:passport': 'y' },
      }),
    );
    expect(await consents.find('somebody', 'cong-so-mau')).toEqual(left);
    expect(recorded.at(-1)).toEqual({
      kind: 'consent.withdrawn',
      subject: 'somebody',
      relying_party: 'cong-so-mau',
      detail: { scopes: ['doc:id_card'] },
    });
  });

  it('of a scope takes back the single claims of it too', async () => {
    await decide(decision());
    const left = await consents.withdrawScope('somebody', 'cong-so-mau', 'phone');
    expect(left).toMatchObject({ claims: [], refused_claims: ['address', 'phone_number'] });
  });

  it('does not happen where it cannot be recorded', async () => {
    await decide(decision());
    fails = true;
    await expect(consents.withdraw('somebody', 'cong-so-mau')).rejects.toThrow('cannot be written');
    expect(await consents.find('somebody', 'cong-so-mau')).toEqual(decision());
  });
});

describe('the context of a grant', () => {
  it('is found by the grant alone', async () => {
    const context: GrantContext = {
      subject: 'somebody',
      relying_party: 'cong-so-mau',
      purposes: { profile: 'Biết người nộp hồ sơ là ai' },
      documents: ['doc:id_card'],
      language: 'vi',
      shown: '[]',
      decided_at: now,
    };
    const contexts = createGrantContexts(opened);
    await contexts.keep('grant-1', context);
    expect(await contexts.find('grant-2')).toBeUndefined();
    expect(await contexts.find('grant-1')).toEqual(context);
  });
});
