import { type Document, parseDocument, visit } from 'yaml';
import { z } from 'zod';

/** What the file says of one scope; what it leaves out comes from the flags. */
export interface ScopeEntry {
  readonly required: boolean;
  readonly purpose?: { readonly vi: string; readonly en?: string | undefined } | undefined;
  readonly legal_basis?: string | undefined;
}

export type ScopesFile = ReadonlyMap<string, ScopeEntry>;

/** Shown by `client add --help`. */
export const SCOPES_FILE_EXAMPLE = `profile:
  purpose: Điền tên và ngày sinh vào tờ khai
doc:id_card:
  required: false                # true unless said otherwise
  purpose:
    vi: Đính kèm thẻ căn cước vào hồ sơ
    en: Attach the identity card to the dossier
  legal_basis: Nghị định 118/2025/NĐ-CP`;

const text = z.string().transform((value) => value.trim().normalize('NFC'));
const entrySchema = z.strictObject({
  required: z.boolean().default(true),
  purpose: z
    .union([text.transform((vi) => ({ vi })), z.strictObject({ vi: text, en: text.optional() })], {
      error: 'must be a text, or two texts under vi and en',
    })
    .optional(),
  legal_basis: text.optional(),
});

/** Reads a scopes file (YAML, keyed by scope), or says everything that is wrong with it. */
export function parseScopesFile(
  source: string,
): { readonly scopes: ScopesFile } | { readonly problems: readonly string[] } {
  const document = parseDocument(source, { uniqueKeys: true, schema: 'core' });
  if (document.errors.length > 0)
    return { problems: document.errors.map(({ message }) => firstLine(message)) };
  if (hasAlias(document)) return { problems: ['uses an alias (*name): write each value out'] };
  const content: unknown = document.toJS({ mapAsMap: true });
  if (!(content instanceof Map) || content.size === 0)
    return { problems: ['must hold one entry for each scope'] };

  const scopes = new Map<string, ScopeEntry>();
  const problems: string[] = [];
  for (const [scope, value] of content) {
    const entry = entrySchema.safeParse(toRecord(value));
    if (entry.success) scopes.set(String(scope), entry.data);
    else
      problems.push(
        ...entry.error.issues.map((issue) => `${[scope, ...issue.path].join('.')}: ${issue.message}`),
      );
  }
  return problems.length > 0 ? { problems } : { scopes };
}

// A few aliases of aliases can stand for gigabytes.
function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

// Maps keep a key such as __proto__ an ordinary key until the schema has refused it.
const toRecord = (value: unknown): unknown =>
  value instanceof Map
    ? Object.fromEntries([...value].map(([key, inner]) => [String(key), toRecord(inner)]))
    : value;

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;
