--[[
  Opens a room's log under a new epoch: when it is not in Redis, or when this Redis is not the instance it was written
  to and its last entries may be lost. Numbers go on well above anything that may have been handed out before.

  KEYS[1] meta   KEYS[2] log   KEYS[3] seen, this generation   KEYS[4] dirty
  ARGV[1] room   ARGV[2] Redis instance   ARGV[3] new epoch   ARGV[4] stored seq   ARGV[5] stored ordinal
  ARGV[6] seconds an id is remembered   ARGV[7] time in ms   ARGV[8] numbers to skip: more than can have been handed out
  and not be stored   ARGV[9] '1' when no number can ever have been handed out   ARGV[10] seconds a stored room is kept
  ARGV[11...] pairs of id and seq

  Returns 1, or 0 when another node has done it already.
]]

local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'o', 'd', 'i')
if meta[1] and meta[5] == ARGV[2] then return 0 end

local stored = tonumber(ARGV[4])
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
local logged = last and tonumber(string.match(last[1], '^%d+')) or 0
local seq = math.max(stored, logged, tonumber(meta[2] or 0))
local ordinal = math.max(tonumber(ARGV[5]), tonumber(meta[3] or 0))
local durable = math.max(stored, tonumber(meta[4] or 0))

-- Only a room that was made this moment starts at 1: of another one that nothing is known of, entries may be waiting in a
-- worker, acknowledged and not stored yet.
if seq > 0 or ARGV[9] ~= '1' then seq = seq + tonumber(ARGV[8]) end
local stored_wholly = logged <= durable
if stored_wholly then durable = seq end
redis.call('HDEL', KEYS[1], 'b', 'k')
redis.call('HSET', KEYS[1], 'e', ARGV[3], 's', seq, 'o', ordinal, 'd', durable, 'i', ARGV[2])
if stored_wholly then
  redis.call('EXPIRE', KEYS[1], ARGV[10])
  redis.call('EXPIRE', KEYS[2], ARGV[10])
else
  redis.call('HSET', KEYS[1], 'b', seq, 'k', ARGV[8])
  redis.call('ZADD', KEYS[4], 'NX', ARGV[7], ARGV[1])
  redis.call('PERSIST', KEYS[1])
  redis.call('PERSIST', KEYS[2])
end
for i = 11, #ARGV, 2 do
  redis.call('HSETNX', KEYS[3], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[3], ARGV[6], 'NX')
return 1
