#!lua flags=no-writes,allow-oom,allow-cross-slot-keys
--[[
  Which partitions have rooms to store. One call for all of them, because it is asked several times a second for ever.

  ARGV[1] number of partitions

  Returns their numbers.
]]
local waiting = {}
for partition = 0, tonumber(ARGV[1]) - 1 do
  if redis.call('EXISTS', '{r' .. partition .. '}:dirty') == 1 then waiting[#waiting + 1] = partition end
end
return waiting
