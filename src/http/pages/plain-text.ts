/** A part of a text that was written without markup. */
export type TextBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/**
 * The parts of a plain text: "#" begins a heading, "-" a point of a list, an empty line ends a paragraph. All else is
 * text as it stands, which templates escape.
 */
export function blocksOf(text: string): TextBlock[] {
  return text
    .split(/\n[ \t\r]*\n/)
    .flatMap((part) => linesOf(part))
    .filter((block) => block.kind === 'list' || block.text !== '');
}

/** A heading and a list may follow each other, and a paragraph, without an empty line. */
function linesOf(part: string): TextBlock[] {
  const blocks: { kind: TextBlock['kind']; lines: string[] }[] = [];
  for (const line of part.split('\n').map((one) => one.trim())) {
    const [, mark = '', words = ''] = /^(#+|-)?\s*(.*)$/.exec(line) ?? [];
    const kind = mark === '' ? 'paragraph' : mark === '-' ? 'list' : 'heading';
    const last = blocks.at(-1);
    if (last?.kind === kind && kind !== 'heading') last.lines.push(words);
    else blocks.push({ kind, lines: [words] });
  }
  return blocks.map(({ kind, lines }) =>
    kind === 'list' ? { kind, items: lines } : { kind, text: lines.join(' ').trim() },
  );
}
