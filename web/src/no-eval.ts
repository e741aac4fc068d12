import { config } from 'zod';

// The page's policy forbids code made from text, which the contracts' schemas would try out. Must come before them.
config({ jitless: true });
