/** One thing wrong with the configuration. */
export interface ConfigurationProblem {
  /** Dotted path of the setting; empty where a whole file or an unknown variable is meant. */
  readonly path: string;
  /** What is demanded, to be read after the path: "must be …", "is required". */
  readonly rule: string;
  /** The refused value as JSON, shortened; absent for a secret and for a missing value. */
  readonly received?: string;
  /** The environment variable that sets it, or that is itself wrong. */
  readonly variable?: string;
}

function sentence({ path, rule, received, variable }: ConfigurationProblem): string {
  const subject = path || variable || 'configuration';
  const asides = [
    received === undefined ? '' : `received ${received}`,
    path && variable ? `set by ${variable}` : '',
  ].filter(Boolean);
  return `  ${subject} ${rule}${asides.length > 0 ? ` (${asides.join('; ')})` : ''}`;
}

/** Thrown at start with every problem at once; `message` is what the operator reads. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly ConfigurationProblem[];
  constructor(problems: readonly ConfigurationProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`the configuration has ${count}:\n${problems.map(sentence).join('\n')}`);
    this.problems = problems;
  }
}
