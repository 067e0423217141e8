/**
 * What a provider has said to be so, while it was being killed, cut off or stepped down; and where it contradicted
 * itself. Only answers count: what was asked for and never answered may have happened or not.
 */
export interface Ledger {
  /** Every contradiction so far, one sentence each. */
  readonly violations: readonly string[];
  /** How often each thing was seen. */
  readonly counts: ReadonlyMap<string, number>;
  /** Notes a step and how it ended, so that a contradiction can tell what came before it. */
  count(what: string): void;
  /** A code that was handed out. */
  issued(code: string): Redeemable;
  /** A token that was handed out, and stands until something is known that ends it. */
  granted(value: string, kind: TokenKind): Token;
  /** Asks whether a token still lives, and holds the answer to what was said before. */
  probe(token: Token, ask: () => Promise<Life>): Promise<Life>;
  /** Does what should end tokens; they have ended once it says so, and nobody knows while it does not. */
  ending(tokens: readonly Token[], end: () => Promise<boolean>): Promise<boolean>;
}

export type TokenKind = 'access token' | 'refresh token';

/** `unknown`: there was no answer, or one that says to try again. */
export type Life = 'alive' | 'dead' | 'unknown';

export interface Redeemable {
  readonly code: string;
  /** The provider answered with tokens. */
  redeemed(): void;
}

export interface Token {
  readonly value: string;
  readonly kind: TokenKind;
  /** How the ledger calls it. */
  readonly name: string;
  /** `unsure`: something that ends it was asked for and not acknowledged. */
  readonly state: 'standing' | 'unsure' | 'ended';
}

type Kept = { -readonly [Key in keyof Token]: Token[Key] };

/** Steps that a contradiction tells of. */
const TOLD = 40;

/** An empty ledger. `log` hears of each contradiction at once. */
export function createLedger(log: (violation: string) => void = () => undefined): Ledger {
  const violations: string[] = [];
  const counts = new Map<string, number>();
  const steps: string[] = [];
  const tokens = new WeakMap<Token, Kept>();
  let serial = 0;
  const note = (step: string) => {
    steps.push(`${Math.round(performance.now())} ${step}`);
    if (steps.length > TOLD) steps.shift();
  };
  const count = (what: string) => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    note(what);
  };
  const contradiction = (sentence: string) => {
    const told = `${sentence}; before that, by milliseconds:\n  ${steps.join('\n  ')}`;
    violations.push(told);
    log(told);
  };
  const keptOf = (token: Token): Kept => {
    const kept = tokens.get(token);
    if (kept === undefined) throw new Error('this token is of another ledger');
    return kept;
  };
  return {
    violations,
    counts,
    count,
    issued(code) {
      let times = 0;
      serial += 1;
      const name = `code ${serial}`;
      note(`${name} came`);
      return {
        code,
        redeemed() {
          times += 1;
          note(`${name} gave tokens`);
          if (times > 1) contradiction(`${name} was redeemed ${times} times`);
        },
      };
    },
    granted(value, kind) {
      serial += 1;
      const token: Kept = { value, kind, name: `${kind} ${serial}`, state: 'standing' };
      note(`${token.name} came`);
      tokens.set(token, token);
      return token;
    },
    async probe(token, ask) {
      const { state } = keptOf(token);
      const life = await ask();
      count(`${token.kind} ${state}: ${life}`);
      if (state === 'ended' && life === 'alive') contradiction(`${token.name} was honoured after its end`);
      // What began to end it in the meantime has set its state.
      if (state === 'standing' && token.state === 'standing' && life === 'dead') {
        contradiction(`${token.name} was refused, and nothing had ended it`);
      }
      return life;
    },
    async ending(ended, end) {
      const kept = ended.map(keptOf);
      const standing = kept.filter(({ state }) => state === 'standing');
      const names = kept.map(({ name }) => name).join(', ');
      note(`asked to end: ${names}`);
      for (const token of standing) token.state = 'unsure';
      if (!(await end())) return false;
      note(`ended: ${names}`);
      for (const token of kept) token.state = 'ended';
      return true;
    },
  };
}
