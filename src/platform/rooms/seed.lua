--[[
  Opens a room's log under a new epoch: when it is not in Redis, or when this Redis is not the instance it was written
  to and its last entries may be lost. Numbers go on well above anything that may have been handed out before.

  KEYS[1] meta   KEYS[2] log   KEYS[3] dirty
  ARGV[1] room   ARGV[2] Redis instance   ARGV[3] new epoch   ARGV[4] stored seq   ARGV[5] stored ordinal
  ARGV[6] how long one generation of remembered ids is written to, in ms   ARGV[7] numbers to skip: more than can have been
  handed out and not be stored   ARGV[8] '1' when no number can ever have been handed out   ARGV[9] seconds a stored room is
  kept   ARGV[10] time in ms since which the pairs are all there are, '' when there never were others
  ARGV[11...] pairs of id and seq

  Returns 1, or 0 when another node has done it already.
]]
--- @include "./seen.lua"

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
if seq > 0 or ARGV[8] ~= '1' then seq = seq + tonumber(ARGV[7]) end
local stored_wholly = logged <= durable
if stored_wholly then durable = seq end
local at = time_ms()
local generation_ms = tonumber(ARGV[6])
local all_until = ARGV[10] == '' and logged <= stored and at + generation_ms or 0
redis.call('HDEL', KEYS[1], 'b', 'k')
redis.call('HSET', KEYS[1], 'e', ARGV[3], 's', seq, 'o', ordinal, 'd', durable, 'i', ARGV[2],
  'r', math.max(tonumber(ARGV[10]) or 0, 0), 'a', all_until)
if stored_wholly then
  redis.call('EXPIRE', KEYS[1], ARGV[9])
  redis.call('EXPIRE', KEYS[2], ARGV[9])
else
  redis.call('HSET', KEYS[1], 'b', seq, 'k', ARGV[7])
  redis.call('ZADD', KEYS[3], 'NX', at, ARGV[1])
  redis.call('PERSIST', KEYS[1])
  redis.call('PERSIST', KEYS[2])
end
local seen = seen_key(at, generation_ms, 0)
for i = 11, #ARGV, 2 do
  redis.call('HSETNX', seen, ARGV[i], ARGV[i + 1])
end
forget_later(seen, generation_ms)
return 1
