--[[
  People took seats in a room, or left them, under one lease. A repeat changes nothing.

  KEYS[1] seats   KEYS[2] told   KEYS[3] seated under the lease   KEYS[4] rooms of the lease
  ARGV[1] room   ARGV[2] now   ARGV[3] after how long a small difference is told, in ms   ARGV[4] how many took seats
  then those who took seats, then those who left them

  Returns how many people are seated; 1 when watchers are to be told, 2 when they are later, 0 when they know.
]]
local joined = tonumber(ARGV[4])
for i = 5, #ARGV do
  local user = ARGV[i]
  if i < 5 + joined then
    if redis.call('SADD', KEYS[3], user) == 1 then redis.call('HINCRBY', KEYS[1], user, 1) end
  elseif redis.call('SREM', KEYS[3], user) == 1 and redis.call('HINCRBY', KEYS[1], user, -1) <= 0 then
    redis.call('HDEL', KEYS[1], user)
  end
end
if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('SADD', KEYS[4], ARGV[1]) else redis.call('SREM', KEYS[4], ARGV[1]) end
local count = redis.call('HLEN', KEYS[1])
local told = redis.call('HMGET', KEYS[2], 'n', 't')
local before, at = tonumber(told[1] or '0'), tonumber(told[2] or '0')
if count == before then return { count, 0 } end
if math.abs(count - before) * 100 <= before and tonumber(ARGV[2]) - at < tonumber(ARGV[3]) then return { count, 2 } end
if count == 0 then redis.call('DEL', KEYS[2]) else redis.call('HSET', KEYS[2], 'n', count, 't', ARGV[2]) end
return { count, 1 }
