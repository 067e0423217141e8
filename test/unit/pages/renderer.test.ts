import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAssets } from '../../../src/http/pages/assets.ts';
import { fieldErrors } from '../../../src/http/pages/field-problems.ts';
import type { PageModels, PageName } from '../../../src/http/pages/page-models.ts';
import { createRenderer } from '../../../src/http/pages/renderer.ts';
import { LANGUAGES, type Language } from '../../../src/messages/language.ts';
import { translator } from '../../../src/messages/translate.ts';
import { type Sample, samples } from './sample-pages.ts';

const views = join(import.meta.dirname, '..', '..', '..', 'views');
const renderer = createRenderer({
  views,
  issuer: 'https://id.tinhmau.example',
  province: { name: { vi: 'Tỉnh Mẫu', en: 'Sample Province' }, accent: '#0b5cad' },
  assets: loadAssets({ directory: join(views, 'assets'), accent: '#0b5cad' }),
});

const render = <N extends PageName>(page: N, model: PageModels[N], language: Language = 'vi'): string =>
  renderer.render(page, model, {
    language,
    csrf: 'the-token',
    nonce: 'the-nonce',
    languageSwitch: '/?language=en',
  });

const everyState = samples.flatMap((sample) => LANGUAGES.map((language) => ({ ...sample, language })));
const html = ({ page, model, language }: Sample & { language: Language }): string =>
  render(page, model, language);

function modelOf<N extends PageName>(name: string, page: N): PageModels[N] {
  const found = samples.find((sample): sample is Sample<N> => sample.name === name && sample.page === page);
  if (!found) throw new Error(`no sample ${name}`);
  return found.model;
}

/** Every text of a model replaced by one that would do harm where it is not escaped. */
const hostile = '"\'><script>alert(1)</script>`#{2}!{3}\u202e\u2066';
const poisoned = <T>(model: T): T =>
  JSON.parse(JSON.stringify(model), (key, value: unknown) =>
    typeof value === 'string' &&
    ![
      'form',
      'reason',
      'cause',
      'code',
      'state',
      'field',
      'onward',
      'goal',
      'outcome',
      'closed',
      'factor',
      'kind',
      'last',
      'strength',
      'tab',
      'what',
    ].includes(key)
      ? hostile
      : value,
  );

test.each(everyState)('$name ($language): hostile text stays text', (state) => {
  const poison = html({ ...state, model: poisoned(state.model) });
  const scripts = (text: string): number => text.match(/<script/g)?.length ?? 0;
  expect(scripts(poison)).toBe(scripts(html(state)));
  expect(poison).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  const tags = (text: string): number => text.replace(/"[^"]*"/g, '').match(/</g)?.length ?? 0;
  expect(tags(poison)).toBe(tags(html(state)));
});

test.each(everyState)(
  '$name ($language): the page works without script and obeys its own policy',
  (state) => {
    const page = html(state);
    expect(page).not.toMatch(/<[^>]+\s(style|on\w+)=/);
    expect(page).not.toMatch(
      /<style|<base|<iframe|(src|href)="(https?:)?\/\/(?!127\.0\.0\.1:3001\/|id\.tinhmau\.example\/")/,
    );
    const [first, ...others] = page.match(/<script[^>]*>/g) ?? [];
    expect(first).toMatch(/^<script src="\/assets\/site\.\w+\.js" nonce="the-nonce" defer>$/);
    for (const script of others)
      expect(script).toMatch(/^<script src="\/assets\/[\w.-]+" nonce="the-nonce" defer>$/);
    for (const form of page.match(/<form.*?<\/form>/gs) ?? []) {
      expect(form).toMatch(/^<form[^>]+method="post"/);
      if (state.page === 'handover') expect(form).not.toContain('the-token');
      else expect(form).toMatch(/name="csrf" value="the-token"|id="op.logoutForm"/);
    }
  },
);

test.each(everyState)(
  '$name ($language): the page says its language, its name and where it leads',
  (state) => {
    const page = html(state);
    const errors = 'errors' in state.model ? state.model.errors : [];
    const prefix = errors.length > 0 ? (state.language === 'vi' ? 'Lỗi: ' : 'Error: ') : '';
    const title = /<h1>(.*?)<\/h1>/.exec(page)?.[1];
    expect(page).toContain(`<html lang="${state.language}">`);
    expect(page).toContain(`<title>${prefix}${title ?? ''} – Một Cửa ID</title>`);
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page.match(/class="button"/g)?.length ?? 0).toBeLessThanOrEqual(1);
    if ('portal' in state.model && state.model.portal)
      expect(page).toContain(`<bdi>${state.model.portal.name}</bdi>`);
  },
);

test.each(everyState)(
  '$name ($language): every id is given once and every reference to one is met',
  (state) => {
    const page = html(state);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    const references = [
      ...page.matchAll(
        /\s(?:for|form|aria-describedby|aria-labelledby|aria-controls|data-reveal)="([^"]+)"/g,
      ),
      ...page.matchAll(/\shref="#([^"]+)"/g),
    ].flatMap((match) => (match[1] ?? '').split(' '));
    expect(new Set(ids).size).toBe(ids.length);
    expect(references.filter((reference) => !ids.includes(reference))).toEqual([]);
  },
);

test('the password is never written into a page', () => {
  const model = { ...modelOf('sign-in-errors', 'sign-in'), password: 'Secret1!' };
  expect(render('sign-in', model)).not.toContain('Secret1!');
});

test('what was typed is kept and the problem stands at its field', () => {
  const page = render('sign-in', modelOf('sign-in-errors', 'sign-in'));
  expect(page).toContain('value="098 091 00"');
  expect(page).toContain(
    'aria-describedby="personal_number-hint personal_number-problem" aria-invalid="true"',
  );
  expect(page).toContain('<a href="#password">Nhập mật khẩu của bạn</a>');
});

test('nothing on the consent page is ticked for the person', () => {
  for (const { model } of samples.filter(({ page }) => page === 'consent')) {
    const page = render('consent', model as PageModels['consent']);
    expect(page).not.toMatch(/<input[^>]+\schecked/);
  }
});

test('only optional rows can be ticked, and required ones say so in words', () => {
  const page = render('consent', modelOf('consent', 'consent'));
  const boxes = [...page.matchAll(/<input[^>]+type="checkbox"[^>]+value="([^"]+)"/g)].map(
    (match) => match[1],
  );
  expect(boxes).toEqual(['doc:vehicle_registration', 'doc:health_record']);
  expect(page.match(/Bắt buộc<\/span>/g)).toHaveLength(2);
  expect(page.match(/dữ liệu cá nhân nhạy cảm/g)).toHaveLength(1);
});

test('reading again while the person is away is explained only where it is asked for', () => {
  const words = translator('vi')('consent.offlineText');
  expect(render('consent', modelOf('consent', 'consent'))).not.toContain(words);
  expect(render('consent', modelOf('consent-long', 'consent'))).toContain(words);
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', '/\\evil.example', ' https:x', ''])(
  'the way back "%s" is no link: the one to the front page stands there',
  (href) => {
    const page = render('error', { code: 'not_found', reference: 'R1', back: { name: 'Cổng', href } });
    expect(page).not.toContain('Cổng<');
    expect(page).toContain('<a class="button" href="https://id.tinhmau.example/"');
  },
);

test('an error code that is not in the table shows as a fault of ours, with its reference', () => {
  const page = render('error', { code: '__proto__', reference: 'R7KQ' });
  expect(page).toContain(translator('vi')('errors.server_error.title'));
  expect(page).toContain('R7KQ');
});

test('a model that does not fit its page is a fault', () => {
  expect(() =>
    render('too-low', { ...modelOf('too-low-level-1', 'too-low'), cause: 'no such cause' as never }),
  ).toThrow('no such cause');
});

test('a wrong number or password is told without saying which', () => {
  const [error, ...others] = fieldErrors(translator('vi'), ['credentials_wrong']);
  expect(others).toEqual([]);
  expect(error).toEqual({ field: 'personal_number', text: translator('vi')('signIn.wrong') });
});

test.each(['too-low', 'locked', 'throttled', 'error'] as const)(
  'every page "%s" gives its reference and a way on',
  (page) => {
    for (const { model } of samples.filter((sample) => sample.page === page)) {
      const html = render(page, model as PageModels[typeof page]);
      expect(html).toContain('<span class="reference">R7KQ-2M9D</span>');
      expect(html.slice(html.indexOf('<main'))).toMatch(
        /<form [^>]*action="\/interaction\/|<a class="button"/,
      );
    }
  },
);

test('a code in the middle of a session is no second step, and leaves a way to be somebody else', () => {
  const stepUp = render('totp', modelOf('totp-step-up', 'totp'));
  expect(stepUp).not.toContain('Bước 2 trên 2');
  expect(stepUp).toContain('action="/interaction/sample/other"');
  const second = render('totp', modelOf('totp', 'totp'));
  expect(second).toContain('Bước 2 trên 2');
  expect(second).not.toContain('/interaction/sample/other');
});
