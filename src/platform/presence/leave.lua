--[[
  Connections are gone. Who has no other is offline once the grace is over. A repeat changes nothing.

  KEYS[1] people of the lease   KEYS[2] due
  ARGV[1] prefix of people's keys   ARGV[2] lease   ARGV[3] now
  then for each connection: user, connection, last activity, grace in ms
]]
--- @include "./person.lua"

for i = 4, #ARGV, 4 do
  local user = ARGV[i]
  local key = ARGV[1] .. user
  if redis.call('HDEL', key, ARGV[i + 1]) == 1 then
    local before = tonumber(redis.call('HGET', key, 'a') or '0')
    redis.call('HSET', key, 'a', math.max(before, tonumber(ARGV[i + 2])))
    local connections, of_lease = 0, false
    local fields = redis.call('HGETALL', key)
    for f = 1, #fields, 2 do
      if fields[f] ~= 'a' and fields[f] ~= 'c' then
        connections = connections + 1
        if string.sub(fields[f + 1], 1, #ARGV[2] + 1) == ARGV[2] .. '|' then of_lease = true end
      end
    end
    if not of_lease then redis.call('SREM', KEYS[1], user) end
    if connections == 0 then redis.call('ZADD', KEYS[2], tonumber(ARGV[3]) + tonumber(ARGV[i + 3]), user) end
  end
end
return 0
