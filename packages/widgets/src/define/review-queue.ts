import { CwReviewQueue } from '../components/review-queue/review-queue.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-review-queue', CwReviewQueue);
