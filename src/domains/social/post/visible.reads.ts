import { visibleUnless } from '../../../platform/db/visible.ts';

/** Posts that have not left sight. */
export const visiblePost = visibleUnless('deletedAt', 'hiddenAt');
