import { styleText } from 'node:util';
import type { Terminal, TerminalOutput } from './terminal.ts';

/** How wide lines may be, in columns, and whether colours are understood. */
export interface Layout {
  readonly width: number;
  readonly colour: boolean;
}

/** A titled block of labelled values; a value may be several lines. */
export interface Section {
  readonly title?: string;
  readonly rows: readonly (readonly [label: string, value: string | readonly string[]])[];
}

const DEFAULT_WIDTH = 100;
const MIN_WIDTH = 40;
const MIN_VALUE_WIDTH = 24;
const INDENT = '  ';
const GAP = 2;

/** The layout for a stream: its width, and colours only on a terminal that wants them. */
export const layoutOf = (stream: TerminalOutput, { noColour }: Terminal): Layout => ({
  // Zero is what a terminal says that does not know its size.
  width: Math.max(stream.columns || DEFAULT_WIDTH, MIN_WIDTH),
  colour: stream.isTTY === true && !noColour,
});

/** Sections under one another, their values aligned; long values are wrapped between words, never cut. */
export function renderSections(sections: readonly Section[], layout: Layout): string {
  const labels = sections.flatMap(({ rows }) => rows.map(([label]) => displayWidth(label)));
  const labelWidth = Math.max(0, ...labels);
  return sections.map((section) => renderSection(section, labelWidth, layout)).join('\n');
}

function renderSection({ title, rows }: Section, labelWidth: number, layout: Layout): string {
  const heading = title === undefined ? [] : [emphasis(title, layout)];
  const lines = rows.flatMap(([label, value]) =>
    renderRow(label, typeof value === 'string' ? [value] : value, labelWidth, layout),
  );
  return [...heading, ...lines].map((line) => `${line}\n`).join('');
}

function renderRow(label: string, values: readonly string[], labelWidth: number, layout: Layout): string[] {
  const left = INDENT.length + labelWidth + GAP;
  const beside = layout.width - left >= MIN_VALUE_WIDTH;
  const margin = ' '.repeat(beside ? left : INDENT.length * 2);
  const lines = values.flatMap((value) => wrap(visible(value), layout.width - margin.length));
  const head = INDENT + faint(label, layout);
  if (!beside) return [head, ...lines.map((line) => margin + line)];
  const [first = '', ...rest] = lines;
  return [
    head + ' '.repeat(labelWidth - displayWidth(label) + GAP) + first,
    ...rest.map((line) => margin + line),
  ];
}

/** A table with a header where it fits the width; otherwise one block per row, its first cell on top. */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  layout: Layout,
): string {
  const cells = rows.map((row) => row.map(visible));
  const widths = header.map((title, column) =>
    Math.max(...[header, ...cells].map((row) => displayWidth(row[column] ?? title))),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  if (total > layout.width) {
    const blocks = cells.map(([first = '', ...rest]) => ({
      title: first,
      rows: rest.map((cell, index) => [header[index + 1] ?? '', cell] as const),
    }));
    return renderSections(blocks, layout);
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [faint(line(header), layout), ...cells.map(line)].map((text) => `${text}\n`).join('');
}

/** Without control and direction characters: stored text cannot act on the terminal that shows it. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');

/** A number and what it counts: "1 row", "1,200 rows". */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** Lines of at most `width` columns, broken between words; a longer word stays whole, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const emphasis = (text: string, { colour }: Layout): string => paint('bold', text, colour);
const faint = (text: string, { colour }: Layout): string => paint('dim', text, colour);

const paint = (style: 'bold' | 'dim', text: string, colour: boolean): string =>
  colour ? styleText(style, text, { validateStream: false }) : text;

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

// Vietnamese and Latin text: one column for each character a person sees, however it is composed.
const displayWidth = (text: string): number => [...graphemes.segment(text)].length;

const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));
