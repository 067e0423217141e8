import { z } from 'zod';
import type { AuditTrail } from '../audit/trail.ts';
import { LANGUAGES, type Language } from '../messages/language.ts';
import { amend } from '../storage/amendment.ts';
import type { CollectionDefinition, Storage } from '../storage/contract.ts';
import type { SubjectId } from './subject.ts';

/** Letters that a person can do without; all others always go out. */
export const noticeKinds = ['papers', 'sign_ins', 'consents'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export type NoticeChoice = Readonly<Record<NoticeKind, boolean>>;

const schema = z.strictObject({
  /** What was chosen; a kind that is absent is as by default. */
  notices: z.partialRecord(z.enum(noticeKinds), z.boolean()),
  language: z.enum(LANGUAGES).optional(),
});
type PreferencesRow = z.infer<typeof schema>;

/** By the person. */
export const preferenceRows: CollectionDefinition<PreferencesRow> = {
  name: 'preferences',
  schema,
  sealed: true,
  spread: 'bucket',
};

/** How a person wants to hear of things. */
export interface PersonalPreferences {
  readonly notices: NoticeChoice;
  /** Of letters: the one in which the person last used the account's pages. */
  readonly language: Language;
}

export interface Preferences {
  get(id: SubjectId): Promise<PersonalPreferences>;
  /** True where something changed, which is then in the trail. */
  choose(id: SubjectId, notices: NoticeChoice): Promise<boolean>;
  /** Keeps the language for letters; writes only where it is another one. */
  speak(id: SubjectId, language: Language): Promise<void>;
}

/** A sign-in on a device that is known is news only to who asks for it; a new device is always told of. */
const BY_DEFAULT: NoticeChoice = { papers: true, sign_ins: false, consents: true };

const filled = (row: PreferencesRow | undefined): PersonalPreferences => ({
  notices: { ...BY_DEFAULT, ...row?.notices },
  language: row?.language ?? 'vi',
});

export function createPreferences(deps: {
  readonly storage: Storage;
  readonly audit: AuditTrail;
}): Preferences {
  const { audit, storage } = deps;
  const rows = storage.collection(preferenceRows);
  const get = async (id: SubjectId) => filled((await rows.get(id))?.doc);
  return {
    get,
    async choose(id, chosen) {
      const { notices } = await get(id);
      const changed = noticeKinds.filter((kind) => chosen[kind] !== notices[kind]);
      if (changed.length === 0) return false;
      await audit.record({
        kind: 'preferences.changed',
        subject: id,
        detail: {
          on: changed.filter((kind) => chosen[kind]),
          off: changed.filter((kind) => !chosen[kind]),
        },
      });
      await amend(rows, id, (row) => ({ ...row, notices: { ...chosen } }));
      return true;
    },
    async speak(id, language) {
      if ((await get(id)).language === language) return;
      await amend(rows, id, (row) => ({ notices: {}, ...row, language }));
    },
  };
}
