--[[
  People whose grace is over are offline.

  KEYS[1] due   KEYS[2] left   KEYS[3] channel
  ARGV[1] prefix of people's keys   ARGV[2] now   ARGV[3] people at most

  Returns how many are offline now, and how many are still leaving.
]]
--- @include "./person.lua"

local users = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[2], 'LIMIT', 0, ARGV[3])
for _, user in ipairs(users) do
  local key = ARGV[1] .. user
  redis.call('ZREM', KEYS[1], user)
  local last = redis.call('HGET', key, 'a') or ARGV[2]
  -- Who was not seen when they were here must not be seen to go.
  if is_seen(redis.call('HGET', key, 'c')) then redis.call('HSET', KEYS[2], user, last .. '|' .. ARGV[2]) end
  redis.call('DEL', key)
end
tell_changed(KEYS[3], ARGV[2], users)
return { #users, redis.call('ZCARD', KEYS[1]) }
