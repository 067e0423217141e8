/** Vietnamese is the source, English its translation; every sentence exists in both. */
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One sentence in both languages. `{name}` marks a value put in when it is shown. */
export interface Sentence {
  readonly vi: string;
  readonly en: string;
}

/** The sentences of one page, by the last part of their key. */
export type Sentences = Readonly<Record<string, Sentence>>;
