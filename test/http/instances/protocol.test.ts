import { everyTestOf } from './every-test.ts';

everyTestOf('protocol', {
  'at-rest.test.ts': 'reads the file of the embedded database',
  'waits.test.ts': 'counts the calls of one process on its storage',
});
