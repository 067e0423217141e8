import type { DefaultState, Middleware, ParameterizedContext } from 'koa';

/** What our middleware puts on each request. */
export interface RequestState extends DefaultState {
  /** Shown to people as the reference number, and in every log line of the request. */
  requestId: string;
  /** Of this response's Content-Security-Policy. */
  nonce: string;
  /** The portal of the sign-in that the page belongs to, for the language it asks for. */
  uiLocales?: string | undefined;
  /** Where the person can start again, once that portal is known. */
  back?: { readonly name: string; readonly href: string } | undefined;
}

export type Context = ParameterizedContext<RequestState>;
export type Step = Middleware<RequestState>;

/** One text field of a posted form; anything but a single text is as good as empty. */
export function textField(ctx: Context, name: string): string {
  const value = formOf(ctx)[name];
  return typeof value === 'string' ? value : '';
}

/** All texts of a field that may stand several times. */
export function textFields(ctx: Context, name: string): string[] {
  const value = formOf(ctx)[name];
  const values = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string');
}

function formOf({ request }: Context): Record<string, unknown> {
  const body: unknown = (request as { body?: unknown }).body;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
