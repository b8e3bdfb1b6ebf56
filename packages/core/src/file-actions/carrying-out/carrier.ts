import { type PlainError, fromPlainError } from '../../errors.ts';
import type { Worker } from '../../platform.ts';
import { carrierEnded } from './carriers.ts';
