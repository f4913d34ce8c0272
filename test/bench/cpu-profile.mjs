import { groupOf, IDLE, isNodesOwn, placeInProject } from './attribution.mjs';

/**
 * Adds up a `.cpuprofile` over a span of time: self time by function, by group, and by the group on whose behalf
 * Node's own functions ran (a socket write of the MongoDB driver counts as the driver's).
 *
 * @returns {{ busy: number, idle: number, functions: [string, number][], own: [string, number][], onBehalf: [string, number][] }}
 */
export function addUp(profile, { from, to }) {
  const places = placesOf(profile.nodes);
  const sums = { functions: new Map(), own: new Map(), onBehalf: new Map() };
  let idle = 0;
  let busy = 0;
  let at = profile.startTime;
  profile.samples.forEach((id, index) => {
    at += profile.timeDeltas[index];
    if (at < from || at > to) return;
    const place = places.get(id);
    // A sample stands for the time until the next one.
    const time = profile.timeDeltas[index + 1] ?? 0;
    if (place.own === IDLE) {
      idle += time;
      return;
    }
    busy += time;
    for (const [name, sum] of Object.entries(sums)) sum.set(place[name], (sum.get(place[name]) ?? 0) + time);
  });
  return {
    busy,
    idle,
    ...Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, mostFirst(sum)])),
  };
}

/** Each node's function, its group, and the group that it works for: from the root down, so a caller comes first. */
function placesOf(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map();
  const walk = [[nodes[0], undefined]];
  while (walk.length > 0) {
    const [node, caller] = walk.pop();
    const place = placeOf(node.callFrame, caller);
    places.set(node.id, place);
    for (const id of node.children ?? []) walk.push([byId.get(id), place]);
  }
  return places;
}

function placeOf(frame, caller) {
  const called = caller !== undefined && caller.own !== IDLE;
  const own = groupOf(frame) ?? (called ? caller.own : 'other (node)');
  const onBehalf = isNodesOwn(own) && called ? caller.onBehalf : own;
  return { functions: nameOf(frame), own, onBehalf };
}

function nameOf({ functionName, url, lineNumber }) {
  const name = functionName || '(anonymous)';
  if (url === '') return name;
  const file = placeInProject(url).replace(/^.*?node_modules\//, '');
  return `${name}  ${file}:${lineNumber + 1}`;
}

function mostFirst(sums) {
  return [...sums].sort(([, a], [, b]) => b - a);
}
