import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { verificationStarted } from '../facts.ts';
import { mailVerification } from './mail.job.ts';

/** Has the letter sent by a job: a mail server that is slow must not hold up facts. */
export const onVerificationStarted = ({ jobs }: { jobs: Pick<Jobs, 'later'> }): Subscriber =>
  subscribe({
    name: 'identity.mailVerification',
    fact: verificationStarted,
    run: ({ verificationId }) => jobs.later(mailVerification, { verificationId }, { id: verificationId }),
  });
