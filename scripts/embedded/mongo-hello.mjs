import { mongoCommand } from './mongo-command.mjs';

const PARTS = /^mongodb(?<srv>\+srv)?:\/\/(?:[^@/]*@)?(?<hosts>[^/?]+)(?:\/[^?]*)?(?:\?(?<options>.*))?$/;
const TIMEOUT_MS = 3_000;

/** The hosts of a connection string, without user and password. */
export function hostsOf(uri) {
  const parts = PARTS.exec(uri);
  if (parts === null) throw new Error('expected mongodb://host:port/… or mongodb+srv://host/…');
  return parts.groups.hosts;
}

/** Both ways give `{version, setName?}`. */
async function askByDriver({ MongoClient }, uri, caFile) {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: TIMEOUT_MS,
    ...(caFile && { tlsCAFile: caFile }),
  });
  try {
    const admin = client.db('admin');
    const { setName } = await admin.command({ hello: 1 });
    const { version } = await admin.command({ buildInfo: 1 }).catch(() => ({}));
    return { version, setName };
  } finally {
    await client.close();
  }
}

async function askDirectly(uri, caFile) {
  const { srv, hosts, options } = PARTS.exec(uri).groups;
  if (srv) throw new Error('mongodb+srv:// can be asked only after "npm ci"');
  const settings = new URLSearchParams(options);
  const tls = [settings.get('tls'), settings.get('ssl')].includes('true');
  const servers = hosts.split(',').map((host) => {
    const { hostname, port } = new URL(`tcp://${host}`);
    return {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 27017),
      tls,
      caFile,
      timeoutMs: TIMEOUT_MS,
    };
  });
  return Promise.any(
    servers.map(async (server) => {
      const { setName } = await mongoCommand(server, { hello: 1 });
      const { version } = await mongoCommand(server, { buildInfo: 1 }).catch(() => ({}));
      return { version, setName };
    }),
  ).catch((all) => Promise.reject(all.errors[0]));
}

/**
 * Gives version and replica set of the MongoDB at `uri` when it answers; throws with the reason when it does not.
 * The driver knows every form of a connection string and logs in; before it is installed a plain hello must do.
 */
export async function helloMongo(uri, { caFile } = {}) {
  hostsOf(uri);
  const driver = await import('mongodb').catch(() => undefined);
  const { version = 'unknown', setName } = await (driver === undefined
    ? askDirectly(uri, caFile)
    : askByDriver(driver, uri, caFile));
  return { version, setName };
}
