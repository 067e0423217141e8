import type { CeremonyGoal, Standing } from '../../authentication/ceremony-store.ts';

/** Where people begin. */
export const START: Readonly<Record<CeremonyGoal, string>> = {
  activation: '/activate',
  recovery: '/recover',
};

/** The addresses of one ceremony's forms. */
export const formsOf = (id: string, goal: CeremonyGoal) => {
  const base = `${START[goal]}/${id}`;
  return {
    page: base,
    code: `${base}/code`,
    again: `${base}/again`,
    letter: `${base}/letter`,
    present: `${base}/present`,
    turn: (way: 'forgot' | 'lost' | 'found') => `${base}/${way}`,
    totp: `${base}/totp`,
    passkey: `${base}/passkey`,
    recoveryCode: `${base}/recovery-code`,
    password: `${base}/new-password`,
    app: `${base}/app`,
    device: `${base}/device`,
    codes: `${base}/codes`,
    saved: `${base}/saved`,
    finish: `${base}/finish`,
  };
};

/** The same of a ceremony that stands. */
export const actionsOf = ({ doc, id }: Standing) => formsOf(id, doc.goal);
