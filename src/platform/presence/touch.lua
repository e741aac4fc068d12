--[[
  People did something.

  KEYS[1] channel
  ARGV[1] prefix of people's keys   ARGV[2] now   ARGV[3] after how long without activity one is away, in ms
  then for each connection: user, connection, time of its last activity
]]
--- @include "./person.lua"

local changed = {}
for i = 4, #ARGV, 3 do
  local key = ARGV[1] .. ARGV[i]
  local value = redis.call('HGET', key, ARGV[i + 1])
  if value then
    if activity_in(key) < tonumber(ARGV[2]) - tonumber(ARGV[3]) then changed[#changed + 1] = ARGV[i] end
    redis.call('HSET', key, ARGV[i + 1], string.match(value, '^[^|]+') .. '|' .. ARGV[i + 2])
  end
end
tell_changed(KEYS[1], ARGV[2], changed)
return 0
