/** JsSIP keeps timers of its own on the globals; the virtual clock of the test kit replaces those too. */
export { type Clock, systemClock } from '../../clock.ts';
