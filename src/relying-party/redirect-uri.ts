/** Where loopback addresses over http are allowed: the development profile only. */
export interface AddressPolicy {
  readonly allowLoopbackHttp: boolean;
}

/** Longest address accepted, in characters. */
export const MAX_ADDRESS_LENGTH = 2048;

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Parameters of an authorization response (RFC 6749 4.1.2, RFC 9207, JARM): the provider alone writes them. */
const RESPONSE_PARAMETERS = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'response'];

interface Rule<Subject> {
  /** Completes "redirect address "…" …". */
  readonly sentence: string | ((subject: Subject) => string);
  readonly broken: (subject: Subject, policy: AddressPolicy) => boolean;
}

// Checked on the text as typed, because the WHATWG parser silently repairs most of these.
const TEXT_RULES: readonly Rule<string>[] = [
  { sentence: 'is empty', broken: (text) => text === '' },
  {
    sentence: `is longer than ${MAX_ADDRESS_LENGTH} characters`,
    broken: (text) => text.length > MAX_ADDRESS_LENGTH,
  },
  {
    sentence: 'contains a space, a tab or a control character',
    broken: (text) => /[\s\p{Cc}]/u.test(text),
  },
  {
    sentence:
      'contains a character outside ASCII: write the host in punycode (xn--…), the rest percent-encoded',
    broken: (text) => /[^\p{ASCII}]/u.test(text),
  },
  { sentence: 'contains a backslash', broken: (text) => text.includes('\\') },
  {
    sentence: 'contains a wildcard (*): each address is registered in full',
    broken: (text) => text.includes('*'),
  },
  {
    sentence: 'contains a fragment (#): answers would never arrive at the server',
    broken: (text) => text.includes('#'),
  },
  {
    sentence: 'contains a dot segment (/./ or /../), plain or percent-encoded',
    broken: (text) => /\/(\.|%(25)*2e){1,2}([/;]|$)/i.test(path(text).replace(/%(25)*2f/gi, '/')),
  },
  {
    sentence: 'is percent-encoded twice (%25…)',
    broken: (text) => /%25[0-9a-f]{2}/i.test(text),
  },
  {
    sentence: 'contains a percent-encoded control character, slash or backslash',
    broken: (text) => /%([01][0-9a-f]|7f)/i.test(text) || /%(2f|5c)/i.test(path(text)),
  },
  {
    sentence: 'contains an incomplete percent-encoding',
    broken: (text) => /%(?![0-9a-f]{2})/i.test(text),
  },
  {
    sentence: 'percent-encodes a letter, a digit or one of - . _ ~ that needs no encoding',
    broken: (text) =>
      [...text.matchAll(/%([0-9a-f]{2})/gi)].some(([encoded]) => /[A-Za-z0-9._~-]/.test(decodeByte(encoded))),
  },
  {
    sentence: 'is not an absolute address (https://host/path)',
    broken: (text) => !/^[a-z][a-z0-9+.-]*:/i.test(text),
  },
  {
    sentence: 'must begin with https:// and name a host',
    broken: (text) => !/^https?:\/\/[^/]/i.test(text),
  },
  { sentence: 'cannot be read as an address', broken: (text) => !URL.canParse(text) },
];

const URL_RULES: readonly Rule<{ readonly text: string; readonly url: URL }>[] = [
  {
    sentence: 'contains a user name or password (@)',
    broken: ({ text, url }) => url.username !== '' || url.password !== '' || authority(text).includes('@'),
  },
  {
    sentence: 'must use https',
    broken: ({ url }, policy) =>
      url.protocol !== 'https:' && !(policy.allowLoopbackHttp && LOOPBACK_HOSTS.has(url.hostname)),
  },
  {
    sentence: 'names this computer (loopback), which only the development profile allows',
    broken: ({ url }, policy) => isLoopback(url) && !policy.allowLoopbackHttp,
  },
  {
    sentence: 'names its host by an IP address: use a host name',
    broken: ({ url }) => isIpAddress(url) && !LOOPBACK_HOSTS.has(url.hostname),
  },
  { sentence: 'has a host name that ends in a dot', broken: ({ url }) => url.hostname.endsWith('.') },
  {
    sentence: 'writes out the default port (:443, :80) or an empty one: leave it away',
    broken: ({ text, url }) => /:\d*$/.test(authority(text)) && url.port === '',
  },
  {
    sentence: ({ url }) => `is not in its normal form: write ${url.href}`,
    broken: ({ text, url }) => url.href !== text,
  },
  {
    sentence: `carries a query parameter that belongs to the answer (${RESPONSE_PARAMETERS.join(', ')})`,
    broken: ({ url }) => RESPONSE_PARAMETERS.some((name) => url.searchParams.has(name)),
  },
];

/**
 * Why an address cannot be registered as a redirect address, or `undefined` where it can: the first broken rule,
 * as the end of a sentence whose subject is the address. Stricter than RFC 6749 3.1.2 and RFC 9700 2.1 on purpose,
 * so that what is stored can be compared as plain text. A query is allowed and kept.
 */
export function redirectUriProblem(text: string, policy: AddressPolicy): string | undefined {
  const textRule = TEXT_RULES.find((rule) => rule.broken(text, policy));
  if (textRule) return sentence(textRule, text);
  const subject = { text, url: new URL(text) };
  const urlRule = URL_RULES.find((rule) => rule.broken(subject, policy));
  return urlRule && sentence(urlRule, subject);
}

const sentence = <Subject>(rule: Rule<Subject>, subject: Subject): string =>
  typeof rule.sentence === 'string' ? rule.sentence : rule.sentence(subject);

const decodeByte = (encoded: string): string => String.fromCharCode(Number.parseInt(encoded.slice(1), 16));

/** Everything before the query. */
const path = (text: string): string => text.split('?', 1)[0] ?? '';

const authority = (text: string): string => /^[a-z]+:\/\/([^/?]*)/i.exec(text)?.[1] ?? '';

const isLoopback = (url: URL): boolean =>
  LOOPBACK_HOSTS.has(url.hostname) || /^127\./.test(url.hostname) || url.hostname.endsWith('.localhost');

const isIpAddress = (url: URL): boolean => url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname);
