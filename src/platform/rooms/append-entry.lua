--[[
  Functions for scripts that append to a room's log. The including script gets its first keys and arguments from
  `appendKeys` and `appendArguments`:

  KEYS[1] meta   KEYS[2] log   KEYS[3] dirty   KEYS[4] channel
  ARGV[1] room   ARGV[2] Redis instance   ARGV[3] how many entries may wait to be stored
  ARGV[4] how long one generation of remembered ids is written to, in ms

  A script returns { code, ... }: 0 or above is its own affair.
  Codes below zero: -1 the log is not loaded, -2 it was written to another Redis instance (its end may be lost),
  -3 storing lags too far behind.
]]
--- @include "./seen.lua"

local generation_ms = tonumber(ARGV[4])

-- Opens the room, or returns nil, a code, and the room where storing lags behind.
local function open_room()
  local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'o', 'd', 'i', 'b', 'k')
  if not meta[1] then return nil, -1 end
  if meta[5] ~= ARGV[2] then return nil, -2 end
  local room = {
    name = ARGV[1], epoch = meta[1], seq = tonumber(meta[2]), ordinal = tonumber(meta[3]), durable = tonumber(meta[4]),
  }
  room.at = time_ms()
  local waiting = room.seq - room.durable
  -- Numbers that the epoch skipped wait for nothing.
  if meta[6] and room.durable < tonumber(meta[6]) then waiting = waiting - tonumber(meta[7]) end
  if waiting >= tonumber(ARGV[3]) then return nil, -3, room end
  -- Only a wholly stored room can have been given an expiry.
  if room.seq == room.durable then
    redis.call('PERSIST', KEYS[1])
    redis.call('PERSIST', KEYS[2])
  end
  return room
end

-- The sequence number an id got earlier, or false.
local function seen(room, id)
  return redis.call('HGET', seen_key(room.at, generation_ms, 0), id)
    or redis.call('HGET', seen_key(room.at, generation_ms, 1), id)
end

-- Appends one entry and tells the nodes that follow the room.
-- entry: id, body (JSON without braces), counted, hidden, affects, evicts ('' for none; users joined by ',').
local function append_entry(room, entry)
  room.seq = room.seq + 1
  local ordinal = 0
  if entry.counted then
    room.ordinal = room.ordinal + 1
    ordinal = room.ordinal
  end
  redis.call('HSET', KEYS[1], 's', room.seq, 'o', room.ordinal)
  local fields = { 't', room.at, 'o', ordinal, 'e', entry.body }
  if entry.hidden ~= '' then
    fields[#fields + 1] = 'h'
    fields[#fields + 1] = entry.hidden
  end
  if entry.affects ~= '' then
    fields[#fields + 1] = 'a'
    fields[#fields + 1] = entry.affects
  end
  if entry.evicts ~= '' then
    fields[#fields + 1] = 'v'
    fields[#fields + 1] = entry.evicts
  end
  redis.call('XADD', KEYS[2], room.seq .. '-0', unpack(fields))
  local ids = seen_key(room.at, generation_ms, 0)
  if redis.call('HSET', ids, entry.id, room.seq) == 1 then forget_later(ids, generation_ms) end
  -- A room with entries to store is marked already; finish.lua takes the mark away with the last of them.
  if room.seq == room.durable + 1 then redis.call('ZADD', KEYS[3], 'NX', room.at, room.name) end
  local publication = { room.seq, room.epoch, room.at, ordinal, room.durable, entry.affects, entry.evicts, entry.body }
  redis.call('SPUBLISH', KEYS[4], table.concat(publication, '|'))
  return ordinal
end
