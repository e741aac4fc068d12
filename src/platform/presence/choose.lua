--[[
  A person chose how to be seen.

  KEYS[1] the person's key   KEYS[2] due   KEYS[3] left   KEYS[4] channel
  ARGV[1] user   ARGV[2] what they chose   ARGV[3] now   ARGV[4] how long it is kept where they are not here, in seconds
]]
--- @include "./person.lua"

local before = redis.call('HGET', KEYS[1], 'c')
redis.call('HSET', KEYS[1], 'c', ARGV[2])
local last, connections = activity_in(KEYS[1])
if connections == 0 and not redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  -- For a connection that read the choice before this one and registers after it.
  redis.call('EXPIRE', KEYS[1], ARGV[4])
  return 0
end
if before == ARGV[2] then return 0 end
-- To others this is a departure, and later a return.
if is_seen(before) and not is_seen(ARGV[2]) then
  redis.call('HSET', KEYS[3], ARGV[1], string.format('%d', last) .. '|' .. ARGV[3])
elseif is_seen(ARGV[2]) then
  redis.call('HDEL', KEYS[3], ARGV[1])
end
tell_changed(KEYS[4], ARGV[3], { ARGV[1] })
return 1
