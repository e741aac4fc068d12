--[[
  Some of the people of a lease that ran out: what they have under it is gone.

  KEYS[1] people of the lease   KEYS[2] due
  ARGV[1] prefix of people's keys   ARGV[2] lease   ARGV[3] when they are offline   ARGV[4] people at most

  Returns how many were looked at; fewer than asked for were the last.
]]
--- @include "./person.lua"

local users = redis.call('SPOP', KEYS[1], ARGV[4])
for _, user in ipairs(users) do
  local key = ARGV[1] .. user
  local fields, last, others = redis.call('HGETALL', key), 0, 0
  local dropped = {}
  for f = 1, #fields, 2 do
    local name, value = fields[f], fields[f + 1]
    if name == 'a' then
      last = math.max(last, tonumber(value))
    elseif name ~= 'c' then
      if string.sub(value, 1, #ARGV[2] + 1) == ARGV[2] .. '|' then
        dropped[#dropped + 1] = name
        last = math.max(last, tonumber(string.match(value, '|(%d+)$')))
      else
        others = others + 1
      end
    end
  end
  if #dropped > 0 then
    redis.call('HDEL', key, unpack(dropped))
    redis.call('HSET', key, 'a', string.format('%d', last))
    if others == 0 then redis.call('ZADD', KEYS[2], ARGV[3], user) end
  end
end
return #users
