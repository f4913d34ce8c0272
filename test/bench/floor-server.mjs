/**
 * What the gateway is measured against: the handler that one would write first. Bare Fastify, HMAC over the raw body,
 * one queue job per event. With SAFE=1 it also inserts the event, journaled by a majority, before it answers.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Queue } from 'bullmq';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { Binary, MongoClient } from 'mongodb';

const { PORT, REDIS_URL, MONGO_URI, MONGO_DB_NAME, QUEUE_PREFIX, SIGNING_SECRET, SAFE } = process.env;
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));

const key = Buffer.from(SIGNING_SECRET.slice('whsec_'.length), 'base64');
const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
const queue = new Queue('events', { connection, prefix: QUEUE_PREFIX });
const client = SAFE === '1' && (await new MongoClient(MONGO_URI, { maxPoolSize: 20 }).connect());
const journal =
  client &&
  client.db(MONGO_DB_NAME).collection('journal', { writeConcern: { w: 'majority', journal: true } });

const app = Fastify();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/v1/events/courier', async ({ headers, body }, reply) => {
  if (!isSigned(headers, body)) return reply.code(401).send({ code: 'INVALID_SIGNATURE' });
  const event = JSON.parse(body);
  if (journal)
    await journal.insertOne({ _id: event.eventId, receivedAt: new Date(), body: new Binary(body) });
  await queue.add('event', event, { jobId: event.eventId });
  return reply.code(202).send({ acknowledged: true, eventId: event.eventId });
});
app.get('/health/ready', async () => ({ status: 'ok', redis: await connection.ping() }));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });

function isSigned(headers, body) {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  const computed = createHmac('sha256', key).update(signed).update(body).digest();
  const given = Buffer.from(headers['webhook-signature']?.slice('v1,'.length) ?? '', 'base64');
  return given.length === computed.length && timingSafeEqual(given, computed);
}
