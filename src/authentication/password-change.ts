import type { Config } from '../config/schema.ts';
import type { ProofDependencies, Throttled } from './attempt.ts';
import { announceFailure, type NoticeDependencies, type Owner, writeTo } from './factor-change.ts';
import { judgePassword, type PasswordProblem, type PasswordStrength } from './password-rules.ts';
import { checkPassword } from './prove-password.ts';

export type PasswordChange =
  | { readonly kind: 'changed'; readonly strength: PasswordStrength }
  | { readonly kind: 'current_wrong' }
  | { readonly kind: 'unfit'; readonly problem: PasswordProblem | 'same' }
  | Throttled;

type Dependencies = ProofDependencies &
  NoticeDependencies & { readonly passwordRules: Config['password_rules'] };

export interface PasswordChanges {
  change(
    owner: Owner,
    typed: { readonly current: string; readonly next: string; readonly address: string },
  ): Promise<PasswordChange>;
}

/** A person changes the password: the present one proves it, and guesses at it are counted as at a sign-in. */
export const createPasswordChanges = (deps: Dependencies): PasswordChanges => ({
  async change(owner, { current, next, address }) {
    const { audit, clock, credentials, hasher, passwordRules: rules } = deps;
    const { id, subject } = owner;
    const { passkeys = [], totp } = await credentials.get(id);
    const secondFactor = totp !== undefined || passkeys.length > 0;
    const { problem, strength } = judgePassword(next, { rules, secondFactor, subject });
    if (problem !== undefined) return { kind: 'unfit', problem };
    if (next.normalize('NFKC') === current.normalize('NFKC')) return { kind: 'unfit', problem: 'same' };
    const checked = await checkPassword(deps, {
      found: owner,
      number: subject.personal_number,
      password: current,
      address,
    });
    if (checked.kind === 'throttled') return checked;
    if (checked.kind === 'refused') return { kind: 'current_wrong' };
    const hash = await hasher.hash(next);
    const short = judgePassword(next, { rules, secondFactor: false, subject }).problem === 'too_short';
    await audit.record({ kind: 'password.changed', subject: id });
    await writeTo(deps, owner, { kind: 'password_changed', values: { at: clock.now() } });
    if ((await credentials.setPassword(id, hash, { short })) === 'set') return { kind: 'changed', strength };
    await announceFailure(deps, owner, 'password_changed', 'password_short');
    return { kind: 'unfit', problem: 'too_short' };
  },
});
