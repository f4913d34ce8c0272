import { type MongoClient } from 'mongodb';

/** How the connection pools stand, counted from the driver's own events. */
export class PoolGauge {
  inUse = 0;
  waiting = 0;

  constructor(client: MongoClient) {
    client.on('connectionCheckOutStarted', () => void (this.waiting += 1));
    client.on('connectionCheckedOut', () => {
      this.waiting -= 1;
      this.inUse += 1;
    });
    client.on('connectionCheckOutFailed', () => void (this.waiting -= 1));
    client.on('connectionCheckedIn', () => void (this.inUse -= 1));
  }
}
