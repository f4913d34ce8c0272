/** What is measured of a backlog, in shares of it: neither how the work begins nor how it runs out. */
export const FROM = 0.05;
export const TO = 0.95;

/** Both workers have so many jobs under way at most. */
export const CONCURRENCY = 50;
