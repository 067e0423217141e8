import { everyTestOf } from './every-test.ts';

everyTestOf('sign-in', {
  'password.test.ts': 'sends bodies that are refused half way, which a front cannot pass on',
  'refusals.test.ts': 'watches the hasher of one process',
});
