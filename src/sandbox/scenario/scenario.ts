import { type Samples } from '../samples/samples';
import { type Cast } from './cast';
import { courierCases } from './courier-cases';
import { type Scenario } from './demo-case';
import { courierShipments, repairedShipment, storyShipment } from './expected-shipments';
import { refusedCases, repeatedCases } from './harmless-cases';
import { parcelStory } from './parcel-story';
import { unmappableCases } from './unmappable-cases';

/** Everything that the demonstration sends, in order, and where it has to lead. */
export function scenario(cast: Cast, samples: Samples, run: string): Scenario {
  const couriers = courierCases(cast, samples);
  const story = parcelStory(cast.canonical, run);
  const unmappable = unmappableCases(cast, samples, run);
  const { easypost, shippoTest, shippoLive, manifested, delivered, upsDelivered } = couriers;
  return {
    acts: [
      {
        title: 'published bodies of four couriers',
        cases: [easypost, shippoTest, shippoLive, manifested, delivered, upsDelivered],
      },
      { title: 'a parcel in canonical events', cases: [story.announced, story.pickedUp, story.delivered] },
      {
        title: 'events that come late',
        cases: [couriers.outForDelivery, couriers.upsOutForDelivery, story.inTransit, story.onTheVan],
      },
      { title: 'events that come again', cases: repeatedCases(couriers, story) },
      { title: 'forged and stale requests', cases: refusedCases(cast, couriers, story) },
      { title: 'dead letters, one of them repaired', cases: [unmappable.nameless, unmappable.cut] },
    ],
    shipments: [...courierShipments(couriers, samples), storyShipment(story), repairedShipment(unmappable)],
  };
}
