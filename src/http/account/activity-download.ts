import { dayInVietnam } from '../../clock/calendar-day.ts';
import type { Clock } from '../../clock/clock.ts';
import { translator } from '../../messages/translate.ts';
import type { Context } from '../context.ts';
import { languageOf } from '../language.ts';
import type { Found } from './activity-read.ts';
import { entriesOf, type RowParts } from './activity-rows.ts';
import type { ActivityEntry } from './page-models.ts';
import type { Visit } from './visit.ts';

interface DownloadParts extends RowParts {
  readonly clock: Clock;
}

/** Spreadsheets calculate what begins so, also in its full-width form (OWASP: CSV injection). */
const FORMULA = /^[\s]*[=+\-@＝＋－＠\t\r\n|]/u;

/** One cell: quoted, and never a formula. */
export const csvCell = (text: string): string =>
  `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const csvRow = (cells: readonly string[]): string => cells.map(csvCell).join(',');

const detailsOf = ({ facts }: ActivityEntry): string =>
  facts.map(({ label, value }) => `${label}: ${value}`).join('; ');

/** As a spreadsheet reads it on any machine: UTF-8 with its mark, lines as RFC 4180 wants them. */
export async function downloadCsv(parts: DownloadParts, { ctx }: Visit, found: Found): Promise<void> {
  const t = translator(languageOf(ctx));
  const head = [
    t('accountActivity.column.time'),
    t('accountActivity.column.what'),
    t('accountActivity.portal'),
    t('accountActivity.column.details'),
  ];
  const entries = await entriesOf(parts, languageOf(ctx), found.events);
  const rows = entries.map((entry) => [entry.when, entry.title, entry.portal ?? '', detailsOf(entry)]);
  const cut = found.next === undefined ? [] : [[t('accountActivity.cut')]];
  const lines = [head, ...rows, ...cut].map(csvRow);
  send(parts, ctx, 'csv', 'text/csv; charset=utf-8', `\ufeff${lines.join('\r\n')}\r\n`);
}

/** The same, for programs: moments in ISO 8601, kinds by their names in the trail. */
export async function downloadJson(parts: DownloadParts, { ctx }: Visit, found: Found): Promise<void> {
  const entries = await entriesOf(parts, languageOf(ctx), found.events);
  const activity = found.events.map(({ at, event }, index) => ({
    at: new Date(at).toISOString(),
    kind: event.kind,
    title: entries[index]?.title,
    ...(event.relying_party === undefined
      ? {}
      : { portal: { id: event.relying_party, name: entries[index]?.portal } }),
    details: entries[index]?.facts.map(({ label, value }) => ({ label, value })) ?? [],
  }));
  const body = { complete: found.next === undefined, activity };
  send(parts, ctx, 'json', 'application/json; charset=utf-8', `${JSON.stringify(body, null, 2)}\n`);
}

function send({ clock }: DownloadParts, ctx: Context, ending: string, type: string, body: string): void {
  const name = `hoat-dong-${dayInVietnam(clock.now())}.${ending}`;
  ctx.type = type;
  ctx.set('Content-Disposition', `attachment; filename="${name}"`);
  ctx.body = body;
}
