import { join } from 'node:path';
import { compileFile, type compileTemplate } from 'pug';
import type { Config } from '../../config/schema.ts';
import { refusalCode } from '../../messages/errors.ts';
import type { Language } from '../../messages/language.ts';
import { translator } from '../../messages/translate.ts';
import { ACCOUNT_PAGES } from '../account/page-models.ts';
import { CEREMONY_PAGES } from '../ceremony/page-models.ts';
import { DISOWN_PAGES } from '../disown/page-models.ts';
import type { Assets } from './assets.ts';
import type { PageModels, PageName } from './page-models.ts';

/** What a page needs of its request, besides its own model. */
export interface PageContext {
  readonly language: Language;
  /** The token that every form of ours posts back in the field `csrf`. */
  readonly csrf: string;
  /** Of this response's Content-Security-Policy. */
  readonly nonce: string;
  /** The address that shows the same page in the other language; absent where there is none. */
  readonly languageSwitch?: string;
}

export interface PageRenderer {
  /** The page as one HTML document. Throws where the model does not fit the template. */
  render<N extends PageName>(name: N, model: PageModels[N], context: PageContext): string;
}

export interface RendererOptions {
  /** The folder of the templates. */
  readonly views: string;
  readonly province: Config['province'];
  /** The provider's own address, shown so that people can compare it with their browser's. */
  readonly issuer: string;
  readonly assets: Assets;
}

const PAGES = [
  'sign-in',
  'totp',
  'consent',
  'too-low',
  'locked',
  'lock-done',
  'throttled',
  'sign-out',
  'signed-out',
  'handover',
  'error',
  'home',
  'new-device',
  'device-stuck',
  ...CEREMONY_PAGES,
  ...DISOWN_PAGES,
  ...ACCOUNT_PAGES,
] as const satisfies readonly PageName[];

/** Characters that turn the reading direction: both languages of ours need none, a forged name might. */
export const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** An address a person may be sent to by a click; anything else, such as `javascript:`, gives no link at all. */
const safeLink = (href: string): string | undefined =>
  /^https?:\/\//i.test(href) || /^\/(?![/\\])/.test(href) ? href : undefined;

/**
 * Compiles every template, so that a broken one stops the start. A template sees the model under the one name
 * `page`: nothing of a request can take the place of a setting of the template engine.
 */
export function createRenderer({ views, province, issuer, assets }: RendererOptions): PageRenderer {
  const templates = Object.fromEntries(
    PAGES.map((name) => [
      name,
      compileFile(join(views, `${name}.pug`), { basedir: views, doctype: 'html', compileDebug: false }),
    ]),
  ) as Record<PageName, compileTemplate>;

  return {
    render: (name, model, { language, csrf, nonce, languageSwitch }) =>
      templates[name]({
        page: model,
        t: translator(language),
        language,
        csrf,
        nonce,
        languageSwitch,
        province: province.name[language],
        address: new URL(issuer).host,
        home: `${issuer}/`,
        asset: assets.address,
        safeLink,
        refusalCode,
      }).replace(DIRECTION_CONTROLS, ''),
  };
}
