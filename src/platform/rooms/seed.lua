--[[
  Opens a room's log under a new epoch: when it is not in Redis, or when this Redis is not the instance it was written
  to and its last entries may be lost. Numbers go on well above anything that may have been handed out before.

  KEYS[1] meta   KEYS[2] log   KEYS[3] seen, this generation   KEYS[4] dirty
  ARGV[1] room   ARGV[2] Redis instance   ARGV[3] new epoch   ARGV[4] stored seq   ARGV[5] stored ordinal
  ARGV[6] seconds an id is remembered   ARGV[7] time in ms   ARGV[8...] pairs of id and seq

  Returns 1, or 0 when another node has done it already.
]]
local GAP = 10000

local meta = redis.call('HMGET', KEYS[1], 'e', 's', 'o', 'd', 'i')
if meta[1] and meta[5] == ARGV[2] then return 0 end

local stored = tonumber(ARGV[4])
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)[1]
local logged = last and tonumber(string.match(last[1], '^%d+')) or 0
local seq = math.max(stored, logged, tonumber(meta[2] or 0))
local ordinal = math.max(tonumber(ARGV[5]), tonumber(meta[3] or 0))
local durable = math.max(stored, tonumber(meta[4] or 0))

-- A room nothing is known of starts at 1.
if seq > 0 then seq = seq + GAP end
if logged <= durable then
  durable = seq
else
  redis.call('ZADD', KEYS[4], 'NX', ARGV[7], ARGV[1])
end
redis.call('HSET', KEYS[1], 'e', ARGV[3], 's', seq, 'o', ordinal, 'd', durable, 'i', ARGV[2])
redis.call('PERSIST', KEYS[1])
redis.call('PERSIST', KEYS[2])
for i = 8, #ARGV, 2 do
  redis.call('HSETNX', KEYS[3], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[3], ARGV[6], 'NX')
return 1
