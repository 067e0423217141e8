import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFact } from '../../../src/audit/trail.ts';
import { createPreferences, type Preferences } from '../../../src/subject/preferences.ts';
import { openTestStorage, type TestStorage } from '../../support/storage.ts';

let opened: TestStorage;
let recorded: AuditFact[];
let fails: boolean;
let preferences: Preferences;
beforeEach(async () => {
  recorded = [];
  fails = false;
  opened = await openTestStorage();
  preferences = createPreferences({
    storage: opened.storage,
    audit: {
      async record(fact) {
        if (fails) throw new Error('the trail cannot be written');
        recorded.push(fact);
      },
    },
  });
});
afterEach(() => opened.close());

const BY_DEFAULT = { papers: true, sign_ins: false, consents: true };

describe('preferences', () => {
  it('of who chose nothing: papers and consents, not every sign-in, in Vietnamese', async () => {
    expect(await preferences.get('nobody')).toEqual({ notices: BY_DEFAULT, language: 'vi' });
  });

  it('do not change where that cannot be recorded', async () => {
    fails = true;
    await expect(preferences.choose('somebody', { ...BY_DEFAULT, papers: false })).rejects.toThrow();
    expect((await preferences.get('somebody')).notices).toEqual(BY_DEFAULT);
  });

  it('are recorded with what was switched on and off, and not where nothing was', async () => {
    expect(await preferences.choose('somebody', BY_DEFAULT)).toBe(false);
    expect(await preferences.choose('somebody', { papers: false, sign_ins: true, consents: true })).toBe(
      true,
    );
    expect(recorded).toEqual([
      { kind: 'preferences.changed', subject: 'somebody', detail: { on: ['sign_ins'], off: ['papers'] } },
    ]);
    expect((await preferences.get('another')).notices).toEqual(BY_DEFAULT);
  });

  it('keep the language beside what was chosen, whichever came first', async () => {
    await preferences.speak('somebody', 'en');
    await preferences.choose('somebody', { ...BY_DEFAULT, consents: false });
    await preferences.speak('another', 'vi');
    await preferences.choose('third', { ...BY_DEFAULT, consents: false });
    await preferences.speak('third', 'en');
    const chosen = { notices: { ...BY_DEFAULT, consents: false }, language: 'en' };
    expect(await preferences.get('somebody')).toEqual(chosen);
    expect(await preferences.get('third')).toEqual(chosen);
    expect(recorded).toHaveLength(2);
  });
});
