import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/clock/clock.ts';
import { currentTotpCode } from '../../../src/demo/people/current-totp-code.ts';
import { syntheticPeople } from '../../../src/demo/people/synthetic-people.ts';
import { documentScopes, scopeNamed } from '../../../src/documents/catalogue.ts';
import { releaseDocument } from '../../../src/documents/release.ts';
import { ceiling } from '../../../src/subject/level.ts';
import { normalizeName } from '../../../src/subject/person-name.ts';
import { normalizePersonalNumber } from '../../../src/subject/personal-number.ts';
import type { Subject } from '../../../src/subject/subject.ts';

const now = Date.parse('2026-11-21T12:00:00+07:00');
const people = syntheticPeople(now);
const named = (key: string) => {
  const person = people.find((one) => one.key === key);
  if (!person) throw new Error(`nobody is called ${key}`);
  return person;
};
const ceilingOf = (key: string, at = now) =>
  ceiling(named(key).subject, { legalProfile: '69/2024', unlevelledCeiling: 2, now: at });
const recordsOf = (scope: string) =>
  people.flatMap(({ holdings }) =>
    holdings.filter((one) => one.scope === scope).flatMap(({ records }) => records),
  );
/**
 * Digits 4 to 6 of a number state century, sex and year of birth: two digits per century from 1900, the even one
 * for men.
 */
function agrees(number: string, { birthdate, gender }: Subject): boolean {
  const year = Number(birthdate.slice(0, 4));
  const centuryAndSex = 2 * (Math.floor(year / 100) - 19) + (gender === 'female' ? 1 : 0);
  return number.slice(3, 6) === `${centuryAndSex}${birthdate.slice(2, 4)}`;
}

describe('nobody could be a real person', () => {
  test('every twelve-digit personal number anywhere in the data has a code of no province', () => {
    const numbers = JSON.stringify(people).match(/"personal_number":"\d+"/g) ?? [];
    const written = numbers.map((member) => member.slice(-13, -1));
    const own = people.flatMap(({ subject }) => [subject.personal_number, ...subject.former_numbers]);
    const dependents = recordsOf('doc:dependents').map(({ number }) => number ?? '');
    for (const number of [...written, ...own, ...dependents]) expect(number).toMatch(/^09[789]/);
  });

  test('every mailbox is under a reserved domain', () => {
    for (const { subject } of people)
      expect(subject.email?.address ?? 'nobody@a.example').toMatch(/\.example$/);
  });
});

describe('everybody is consistent', () => {
  test.each(people.map((person) => [person.key, person] as const))('%s', (_, { subject, password, note }) => {
    const activated = subject.status.kind !== 'not_activated';
    expect(normalizePersonalNumber(subject.personal_number)).toBe(subject.personal_number);
    expect(agrees(subject.personal_number, subject)).toBe(true);
    expect(normalizeName(subject.name)).toBe(subject.name);
    expect(password.length).toBeGreaterThanOrEqual(activated ? 12 : 0);
    expect(password === '').toBe(!activated);
    expect(note.vi && note.en).toBeTruthy();
  });

  test('keys, numbers, passwords, secrets, mailboxes and phones are each held once', () => {
    const held = (pick: (person: (typeof people)[number]) => (string | undefined)[]) =>
      people.flatMap(pick).filter(Boolean);
    for (const values of [
      held(({ key }) => [key]),
      held(({ subject }) => [subject.personal_number, ...subject.former_numbers]),
      held(({ password }) => [password]),
      held(({ totpSecret }) => [totpSecret]),
      held(({ subject }) => [subject.email?.address]),
      held(({ subject }) => [subject.phone?.number]),
    ]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test('no paper has a field that the catalogue would not release', () => {
    for (const { subject, holdings } of people) {
      for (const holding of holdings) {
        const scope = scopeNamed(holding.scope);
        if (scope?.kind !== 'document') throw new Error(holding.scope);
        const complete = { ...holding, subject: 'somebody', synced_at: subject.synced_at };
        const released = releaseDocument(scope, complete, subject, now);
        expect(released.map((one) => ('data' in one ? one.data : {}))).toEqual(
          holding.records.length > 0 ? holding.records.map(({ data }) => data) : [{}],
        );
      }
    }
  });

  test('every field of the catalogue is filled in for somebody', () => {
    const unfilled = documentScopes.flatMap(({ scope, fields }) => {
      const values = recordsOf(scope).map((record) => ({ ...record.data, ...record }));
      return fields.filter(({ name }) => !values.some((value) => Object.hasOwn(value, name)));
    });
    expect(unfilled).toEqual([]);
  });

  test('an identity card carries the number and the last day of its holder', () => {
    for (const { subject, holdings } of people) {
      for (const card of holdings.find(({ scope }) => scope === 'doc:id_card')?.records ?? []) {
        expect(card.number).toBe(subject.personal_number);
        expect(card.expires_at).toBe(subject.identity_paper_expires_at);
      }
    }
  });

  test('numbers of papers have the formats of their registries', () => {
    for (const { data } of recordsOf('doc:vehicle_registration'))
      expect(data.plate).toMatch(/^\d{2}[A-Z]\d?-\d{3}\.\d{2}$/);
    for (const { number } of recordsOf('doc:health_insurance'))
      expect(number).toMatch(/^[A-Z]{2}[1-5]\d{2}\d{10}$/);
    for (const { number } of recordsOf('doc:driving_licence')) expect(number).toMatch(/^\d{12}$/);
    for (const { number } of recordsOf('doc:passport')) expect(number).toMatch(/^[A-Z]\d{7,8}$/);
  });
});

describe('each exercises a rule', () => {
  test('1 is thirty, at level 1, and no registry was asked about him', () => {
    expect(ceilingOf('level-1')).toEqual({ level: 1, cause: 'level_1_account' });
    expect(named('level-1').holdings).toEqual([]);
  });

  test('2 has every document of a citizen', () => {
    const filled = named('all-documents').holdings.filter(({ records }) => records.length > 0);
    const ofCitizens = documentScopes.filter(({ holders }) => holders.includes('citizen'));
    expect(filled.map(({ scope }) => scope).sort()).toEqual(ofCitizens.map(({ scope }) => scope).sort());
  });

  test("3's children are two of the people, with the numbers of her record", () => {
    const children = named('mother').holdings.find(({ scope }) => scope === 'doc:dependents')?.records ?? [];
    expect(children.map(({ number }) => number)).toEqual(
      ['child-12', 'child-5'].map((key) => named(key).subject.personal_number),
    );
  });

  test("5 is at level 2 until the passport's last day and at 1 after it", () => {
    expect(ceilingOf('foreigner', now + 10 * DAY).level).toBe(2);
    expect(ceilingOf('foreigner', now + 11 * DAY)).toMatchObject({
      level: 1,
      cause: 'identity_paper_expired',
    });
  });

  test('9 has an account of level 2 that counts as 1 today', () => {
    expect(named('expired-card').subject.level).toBe(2);
    expect(ceilingOf('expired-card')).toEqual({
      level: 1,
      cause: 'identity_paper_expired',
      expiredOn: '2026-11-01',
    });
  });

  test('10 has a name of sixty letters and a former number that disagrees with the person', () => {
    const { subject } = named('renumbered');
    expect(subject.name).toHaveLength(60);
    expect(agrees(subject.former_numbers[0] ?? '', subject)).toBe(false);
  });

  test('8, 11 and 12 cannot use their accounts, for three causes; all others can', () => {
    const unusable = people.filter(({ subject }) => subject.status.kind !== 'active');
    expect(unusable.map(({ key, subject }) => [key, subject.status.kind])).toEqual([
      ['sim-changed', 'locked'],
      ['never-activated', 'not_activated'],
      ['deceased', 'closed'],
    ]);
  });

  test('whoever can reach level 2 has a second factor', () => {
    const able = people.filter(({ subject }) => subject.level === 2 && subject.status.kind === 'active');
    for (const { totpSecret } of able) expect(totpSecret).toMatch(/^[A-Z2-7]{32}$/);
  });
});

test('equal days give equal people', () => {
  expect(syntheticPeople(now)).toEqual(people);
});

test('the code of a secret is the one its holder reads, and another half a minute later', () => {
  // RFC 6238 appendix B, the last six digits at 59 seconds.
  const rfc = Secret.fromLatin1('12345678901234567890').base32;
  expect(currentTotpCode(rfc, 59_000)).toBe('287082');
  expect(currentTotpCode(rfc, 89_000)).not.toBe('287082');
  expect(new TOTP({ secret: rfc }).validate({ token: currentTotpCode(rfc, now), timestamp: now })).toBe(0);
});
