import type { RelyingPartyRegistry } from '../relying-party/registry.ts';
import type { Step } from './context.ts';
import { portalLine } from './interaction/sign-in-pages.ts';
import type { HandoverPage } from './pages/page-models.ts';
import { DIRECTION_CONTROLS } from './pages/renderer.ts';
import { readRequest } from './protocol-pages.ts';
import type { ShowPage } from './show-page.ts';

interface Dependencies {
  readonly issuer: string;
  readonly registry: RelyingPartyRegistry;
  readonly show: ShowPage;
}

type PostedForm = Pick<HandoverPage, 'action' | 'fields'>;

const TEXT = '([^"<>]*)';
const FIELD = `<input type="hidden" name="${TEXT}" value="${TEXT}"/>`;
/** The library's page that posts itself, from its first character to its last (OAuth 2.0 Form Post Response Mode). */
const PAGE = new RegExp(
  [
    '^<!DOCTYPE html>\\s<html>\\s<head>\\s+<meta [^<>]*>\\s+<title>Submitting Callback</title>',
    '\\s+<script>[^<>]*</script>\\s</head>\\s<body>\\s+',
    `<form method="post" action="${TEXT}">((?:\\s+${FIELD})+)`,
    '\\s+<noscript>[^<>]*<br/>\\s+<button [^<>]*>Continue</button>\\s+</noscript>\\s+</form>\\s</body>\\s</html>$',
  ].join(''),
);
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const plain = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/**
 * The form in a page of the library's that posts itself; undefined for any other answer. A value that our pages
 * would not carry unchanged stays in the library's page: a portal compares its `state` letter by letter.
 */
function formIn(body: unknown): PostedForm | undefined {
  const [, action = '', inputs = ''] = (typeof body === 'string' && PAGE.exec(body)) || [];
  if (!/^https?:\/\//.test(action) || inputs.search(DIRECTION_CONTROLS) >= 0) return undefined;
  return {
    action: plain(action),
    fields: [...inputs.matchAll(new RegExp(FIELD, 'g'))].map(([, name = '', value = '']) => ({
      name: plain(name),
      value: plain(value),
    })),
  };
}

/**
 * Shows a page of ours where the library would have the browser post on by a page of its own, which speaks English
 * only and has a script in it. The form and the status stay as they are.
 */
export const handover =
  ({ issuer, registry, show }: Dependencies): Step =>
  async (ctx, next) => {
    const policy = ctx.response.get('Content-Security-Policy');
    await next();
    const form = formIn(ctx.body);
    if (form === undefined) return;
    // The library has added its script's hash to the policy.
    ctx.set('Content-Security-Policy', policy);
    const clientId = readRequest(ctx);
    const relyingParty =
      clientId === undefined ? undefined : await registry.get(clientId).catch(() => undefined);
    const onward = /^\/logout/i.test(ctx.path) ? 'sign_out' : 'sign_in';
    show(
      ctx,
      'handover',
      {
        ...form,
        onward: new URL(form.action).origin === new URL(issuer).origin ? onward : 'to_portal',
        ...(relyingParty ? { portal: portalLine(ctx, relyingParty) } : {}),
      },
      ctx.status,
    );
  };
