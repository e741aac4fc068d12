--[[
  Connections are here. A repeat changes nothing.

  KEYS[1] people of the lease   KEYS[2] due   KEYS[3] left   KEYS[4] channel
  ARGV[1] prefix of people's keys   ARGV[2] lease   ARGV[3] now   ARGV[4] how soon a return counts as a flap, in ms
  then for each connection: user, connection, last activity, what the person chose or '' where that is not known

  Returns how many came back so soon after they were said to be offline.
]]
--- @include "./person.lua"

local now, flaps, changed = tonumber(ARGV[3]), 0, {}
for i = 5, #ARGV, 4 do
  local user, chosen = ARGV[i], ARGV[i + 3]
  local key = ARGV[1] .. user
  local was_leaving = redis.call('ZREM', KEYS[2], user) == 1
  local was_here = was_leaving or connections_in(key) > 0
  redis.call('HSET', key, ARGV[i + 1], ARGV[2] .. '|' .. ARGV[i + 2])
  redis.call('SADD', KEYS[1], user)
  -- Only where nothing is known: what was chosen a moment ago stands there already.
  if chosen ~= '' then redis.call('HSETNX', key, 'c', chosen) end
  redis.call('PERSIST', key)
  if not was_here then
    changed[#changed + 1] = user
    local left = is_seen(redis.call('HGET', key, 'c')) and redis.call('HGET', KEYS[3], user)
    if left then
      if now - tonumber(string.match(left, '|(%d+)$')) < tonumber(ARGV[4]) then flaps = flaps + 1 end
      redis.call('HDEL', KEYS[3], user)
    end
  end
end
tell_changed(KEYS[4], ARGV[3], changed)
return flaps
