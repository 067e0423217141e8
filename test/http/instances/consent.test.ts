import { everyTestOf } from './every-test.ts';

everyTestOf('consent');
