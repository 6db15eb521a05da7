import { config } from 'zod';

/* The schema library would try to compile its checks with `new Function`, which the content policy forbids and reports. */
config({ jitless: true });
