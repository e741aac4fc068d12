import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { type ChatMessage, openStore, type Store } from './store.ts';

/**
 * One node of the server that Rally is measured against: Socket.IO with its Redis adapter as the documentation sets it
 * up, and nothing else: no tokens, no order, no storage. With DATABASE_URL every message becomes one INSERT first.
 * Environment: PORT, REDIS_URL, DATABASE_URL.
 */
const publisher = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
const subscriber = publisher.duplicate();
const store: Store | undefined = process.env.DATABASE_URL ? await openStore(process.env.DATABASE_URL) : undefined;

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(publisher, subscriber),
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
});

io.on('connection', (socket) => {
  socket.on('join', async (room: string, ack: (answer: { ok: true }) => void) => {
    await socket.join(room);
    ack({ ok: true });
  });
  socket.on('send', async (message: ChatMessage, ack: (answer: { ok: true }) => void) => {
    await store?.insert(message);
    io.to(message.room).emit('message', message);
    ack({ ok: true });
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
