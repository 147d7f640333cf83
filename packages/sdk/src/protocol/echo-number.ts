/**
 * What a browser phone dials to hear itself: the exchange answers and sends the sound back, for a minute at most. Only
 * signed-in people's phones get it; it is no call of the desk.
 */
export const ECHO_NUMBER = '*43';
