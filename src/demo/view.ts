import { fileURLToPath } from 'node:url';
import type { Context } from 'koa';
import { compileFile, type compileTemplate } from 'pug';
import type { Language } from '../messages/language.ts';

/** A template of `views/`, compiled once when the module loads. */
export const compileView = (name: string): compileTemplate =>
  compileFile(fileURLToPath(new URL(`views/${name}.pug`, import.meta.url)));

/** A query parameter that was given exactly once. */
export const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The same page in the other language. */
export function switchAddress(ctx: Context, language: Language): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('lang', language === 'vi' ? 'en' : 'vi');
  // Two slashes in front would name a host.
  return `/${ctx.path.replace(/^[/\\]+/, '')}?${query}`;
}
