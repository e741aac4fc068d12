--[[
  What is known of people.

  KEYS[1] due   KEYS[2] left
  ARGV[1] prefix of people's keys, then users

  Returns for each: 1 when they are here, what they chose or '', their last activity, when they were last seen or ''.
]]
--- @include "./person.lua"

local reply = {}
for i = 2, #ARGV do
  local key = ARGV[1] .. ARGV[i]
  local last, connections = activity_in(key)
  local here = connections > 0 or redis.call('ZSCORE', KEYS[1], ARGV[i])
  local left = redis.call('HGET', KEYS[2], ARGV[i])
  reply[#reply + 1] = here and 1 or 0
  reply[#reply + 1] = redis.call('HGET', key, 'c') or ''
  reply[#reply + 1] = string.format('%d', last)
  reply[#reply + 1] = left and string.match(left, '^%d+') or ''
end
return reply
