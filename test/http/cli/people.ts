import { createPeopleContext, type PeopleContext } from '../../../src/cli/person-context.ts';
import { endOtherSessions } from '../../../src/oidc/session-adapter.ts';
import type { TestProvider } from '../../support/provider.ts';
import { adminContext, type Invocation, run } from '../../unit/cli/run-admin.ts';

/** What the commands about people work on, over the storage of a provider that serves meanwhile. */
export const peopleOf = ({ services }: TestProvider): PeopleContext =>
  createPeopleContext({
    ...services,
    endSessions: (subject) => endOtherSessions(services, subject, undefined),
    settle: async () => {},
  });

/** Runs a command about a person whose number is piped in. */
export const runPerson = (
  provider: TestProvider,
  number: string,
  args: readonly string[],
  people = peopleOf(provider),
): Promise<Invocation> =>
  run(['person', ...args], {
    input: number,
    open: async () =>
      adminContext(provider.services.storage, {
        context: { people, issuer: provider.issuer, clock: provider.services.clock },
      }),
  });
